import { defineWords, useWords } from '../../app/words.ts';

/** Words of the approvals page: [Chinese, English]. */
const words = defineWords({
  title: ['待我审批', 'Waiting for my decision'],
  lead: [
    '谁办的，谁不能批；批了以后，统计仍按原期限算。',
    'Whoever handles cannot approve; after approval every statistic still uses the original due.',
  ],
  empty: ['没有等您批的', 'Nothing waits for you'],
  emptyHow: [
    '承办人申请延期（一次，到期前）或挂起（最长 72 小时）时，会在这里出现。',
    'Applications for an extension (once, before due) or a suspension (72 h at most) appear here.',
  ],
  extension: ['延期', 'Extension'],
  suspension: ['挂起', 'Suspension'],
  askedAt: ['{at} 提出', 'asked {at}'],
  original: ['原定', 'Original due'],
  until: ['申请到', 'Asked until'],
  pausedUntil: ['挂起到', 'Suspended until'],
  already: ['已挂起', 'Already'],
  alreadyOf: ['累计 {span}，一件工单最多 72 时', '{span} in all; 72 h per case at most'],
  longer: ['多 {time}', '{time} longer'],
  reason: ['理由', 'Reason'],
  words: ['意见（不同意时必填）', 'Your words (needed to refuse)'],
  wordsHint: [
    '会写进办理过程，申请人和本人都看得到',
    'Written into the thread; the applicant and the requester see it',
  ],
  approve: ['同意', 'Approve'],
  refuse: ['不同意', 'Refuse'],
  refuseNeedsWords: ['不同意要写明为什么，申请人才知道怎么办', 'Say why, so that the applicant knows what to do'],
  approved: ['已同意 {number}', 'Approved {number}'],
  refused: ['已退回 {number} 的申请', 'Refused {number}'],
  openRequest: ['看诉求', 'Open the request'],
  soon: ['离原期限 {time}', '{time} to the original due'],
  past: ['原期限已过 {time}', '{time} past the original due'],
  next: ['下一项', 'Next'],
  before: ['上一项', 'Before'],
  loadFailed: ['没有取到待批的申请', 'The applications could not be loaded'],
});

export const useT = () => useWords(words);
