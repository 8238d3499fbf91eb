import { defineWords, useWords } from '../../app/words.ts';

/** Words of the co-handlers' page: [Chinese, English]. */
const words = defineWords({
  title: ['协办', 'Parts'],
  lead: [
    '别的条线主办、请您办其中一份的事。您只报自己那一份办完；整件由主办报办结，由本人或随访确认。',
    'Work that another line leads and asks you to do a part of. You report your own part; the lead reports the whole, and the person or a caller confirms.',
  ],
  views: ['视图', 'Views'],
  view_open: ['待我协办', 'For me'],
  view_late: ['已超期', 'Late'],
  view_done: ['已完成（30 天）', 'Done (30 days)'],
  view_offered: ['可接办', 'To take over'],
  col_due: ['期限', 'Due'],
  col_number: ['编号', 'Number'],
  col_category: ['类别', 'Category'],
  col_place: ['工地', 'Site'],
  col_task: ['请您办什么', 'What is asked'],
  col_lead: ['主办', 'Lead'],
  col_state: ['状态', 'State'],
  noTask: ['随派单请协办，见经过', 'asked with the dispatch; see the thread'],
  accept: ['签收', 'Accept'],
  accepted: ['{number} 的协办已签收', 'Part of {number} accepted'],
  open: ['打开', 'Open'],
  move: ['上下', 'Move'],
  emptyTitle: ['现在没有', 'Nothing now'],
  empty_open: [
    '有条线请您协办时，会在这里出现，带自己的期限。',
    'When a line asks you for a part it appears here, with a due time of its own.',
  ],
  empty_late: ['没有超期的协办。', 'No part is late.'],
  empty_done: ['近 30 天没有完成的协办。', 'No part was done in the last 30 days.'],
  empty_offered: [
    '您做后备的条线都没有超负荷。超负荷时，可接办的工单会列在这里。',
    'No line you back up has too much. When one does, the cases you may take over are listed here.',
  ],
  offeredLead: [
    '{line}超负荷：在办 {open} 件、{handlers} 人（每人上限 {most}），超时 {overdue} 件。接办后由您的条线主办，时钟不动，两个条线都记数。',
    '{line} has too much: {open} cases for {handlers} people (limit {most} each), {overdue} overdue. What you take over your line leads; no clock moves and both lines are counted.',
  ],
  takeOver: ['接办', 'Take over'],
  takenOver: ['{number} 已接办', '{number} taken over'],
  unaccepted: ['未签收', 'not accepted'],
  isAccepted: ['已签收', 'accepted'],
  priority_urgent: ['紧急', 'Urgent'],
  priority_high: ['高', 'High'],
  priority_normal24: ['24 时', '24 h'],
  priority_normal48: ['48 时', '48 h'],
  priority_normal72: ['72 时', '72 h'],
  more: ['再看一些', 'More'],
  loadFailed: ['没有取到', 'Could not be loaded'],
  headOffice: ['总部', 'head office'],
  sep: [' · ', ' · '],
});

export const useT = () => useWords(words);
