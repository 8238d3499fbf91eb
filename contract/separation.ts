import { type Role, roles } from './permissions.ts';

/**
 * Duties that one pair of hands never holds, not even for a day and on behalf of another (domain bible section 2). Each pair
 * is one row and one test; the words say what would be in one hand.
 */
export const separations: readonly { a: readonly Role[]; b: readonly Role[]; zh: string; en: string }[] = [
  {
    a: ['operator'],
    b: ['handler'],
    zh: '登记的人不承办',
    en: 'whoever registers a need does not handle it',
  },
  {
    a: ['dispatcher', 'dispatcher_lead'],
    b: ['handler'],
    zh: '派单的人不承办',
    en: 'whoever dispatches does not handle',
  },
  {
    a: ['handler', 'site_officer'],
    b: ['followup_caller', 'followup_lead'],
    zh: '办事的人不随访',
    en: 'whoever did the work does not ask whether it helped',
  },
  {
    a: ['operator', 'dispatcher', 'dispatcher_lead'],
    b: ['followup_caller', 'followup_lead'],
    zh: '登记、派单的人不随访',
    en: 'whoever registered or dispatched does not follow up',
  },
  {
    a: ['unit_leader', 'group_leader', 'unit_liaison'],
    b: ['followup_caller', 'followup_lead'],
    zh: '管办理的人不随访',
    en: 'whoever leads the handling does not follow up',
  },
  {
    a: ['handler'],
    b: ['unit_leader', 'dispatcher_lead'],
    zh: '申请延期的人不批延期',
    en: 'whoever asks for more time does not grant it',
  },
  {
    a: ['handler', 'unit_leader', 'group_leader', 'dispatcher', 'dispatcher_lead'],
    b: ['panel'],
    zh: '办理和管办理的人不评议',
    en: 'whoever handles or leads the handling does not judge it',
  },
  {
    a: ['unit_liaison', 'site_officer'],
    b: ['unit_leader'],
    zh: '写方案、报可行的人不批方案',
    en: 'whoever writes a plan or calls it feasible does not approve it',
  },
  {
    a: ['support_group'],
    b: ['group_leader'],
    zh: '拟稿、审核的人不签发',
    en: 'whoever drafts or reviews does not sign',
  },
  {
    a: ['unit_liaison', 'unit_leader', 'site_officer'],
    b: ['support_group'],
    zh: '报方案的单位不审方案',
    en: 'the unit that hands a plan in does not review it',
  },
  { a: ['buyer'], b: ['buyer_lead'], zh: '采购的人不批采购', en: 'whoever orders does not approve the order' },
  {
    a: ['buyer', 'buyer_lead'],
    b: ['keeper'],
    zh: '采购、批采购的人不收货',
    en: 'whoever orders or approves does not receive the goods',
  },
  {
    a: ['inspector'],
    b: ['handler', 'site_officer', 'unit_liaison', 'unit_leader', 'group_leader'],
    zh: '督查的人不整改、不销号',
    en: 'whoever inspects neither mends nor leads what is inspected',
  },
  {
    a: ['site_officer', 'unit_liaison', 'unit_leader'],
    b: ['resumption', 'gate_reviewer'],
    zh: '申请复工的单位不审复工',
    en: 'the unit that applies to resume does not review it',
  },
  {
    a: ['resumption'],
    b: ['gate_reviewer'],
    zh: '一道闸口一个人审',
    en: 'each gate is reviewed by its own person',
  },
  {
    a: ['gate_reviewer'],
    b: ['gate_reviewer'],
    zh: '防疫闸口和安全闸口不由一人审',
    en: 'the gates of health and of safety have two reviewers',
  },
];

/** Held by whoever was trusted with it in person; never on behalf of another. */
export const neverDelegated: readonly Role[] = ['worker', 'sysadmin', 'secadmin', 'auditor', 'counsellor', 'care_lead'];

/** Roles that one may ask another to hold for a while, and whose holders may be asked. */
export const delegable: readonly Role[] = roles.filter((role) => !neverDelegated.includes(role));

/**
 * What taking a role would join in one hand.
 * @param held all roles the person holds of their own or on behalf of others
 * @returns null where it crosses nothing
 */
export function crossing(held: readonly Role[], taken: Role): { zh: string; en: string } | null {
  if (neverDelegated.includes(taken)) return { zh: '这个岗位不能代理', en: 'this role cannot be delegated' };
  if (held.some((role) => role === 'sysadmin' || role === 'secadmin' || role === 'auditor'))
    return { zh: '管理员、审计员不办业务', en: 'administrators and auditors do no business' };
  const pair = separations.find(
    ({ a, b }) =>
      (a.includes(taken) && held.some((one) => b.includes(one))) ||
      (b.includes(taken) && held.some((one) => a.includes(one))),
  );
  return pair ? { zh: pair.zh, en: pair.en } : null;
}
