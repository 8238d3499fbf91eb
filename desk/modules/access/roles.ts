import type { Role } from '../../../contract/permissions.ts';
import { defineWords, type Entry, useWords } from '../../app/words.ts';

const words = defineWords({
  worker: ['一线职工', 'Worker'],
  site_officer: ['工地保障员', 'Site officer'],
  operator: ['热线坐席', 'Hotline operator'],
  dispatcher: ['派单调度', 'Dispatcher'],
  dispatcher_lead: ['调度长（仲裁）', 'Lead dispatcher'],
  handler: ['条线承办', 'Line handler'],
  followup_caller: ['随访专员', 'Follow-up caller'],
  followup_lead: ['随访组长', 'Follow-up lead'],
  unit_liaison: ['单位联络员', 'Unit liaison'],
  unit_leader: ['单位领导', 'Unit leader'],
  group_leader: ['集团领导', 'Group leader'],
  support_group: ['综合保障组', 'Support group'],
  keeper: ['仓管员', 'Warehouse keeper'],
  driver: ['驾驶员', 'Driver'],
  buyer: ['采购专员', 'Buyer'],
  buyer_lead: ['采购负责人', 'Lead buyer'],
  counsellor: ['心理咨询师', 'Counsellor'],
  care_lead: ['心理督导', 'Care supervisor'],
  inspector: ['督查员', 'Inspector'],
  publicity: ['宣传专员', 'Publicity officer'],
  resumption: ['复工专班', 'Resumption officer'],
  gate_reviewer: ['闸口审核员', 'Gate reviewer'],
  panel: ['评议员', 'Panel member'],
  sysadmin: ['系统管理员', 'System administrator'],
  secadmin: ['安全管理员', 'Security administrator'],
  auditor: ['审计员', 'Auditor'],
} satisfies Record<Role, Entry>);

/** Roles that mean nothing without a line. */
export const needsLine = (role: Role): boolean => role === 'handler';

export const useRoleWords = () => useWords(words);
