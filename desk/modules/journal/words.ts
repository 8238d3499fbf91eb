import { defineWords, useWords } from '../../app/words.ts';

/** Words of the journal: [Chinese, English]. */
const words = defineWords({
  title: ['日志', 'Journal'],
  lead: [
    '每一条按顺序编号，每分钟封存；这里只有代码和数字，没有个人内容。',
    'Every entry has its place and is sealed each minute; only codes and figures, never personal content.',
  ],
  entries: ['条目', 'Entries'],
  seals: ['封存', 'Seals'],
  action: ['动作', 'Action'],
  actionHint: ['如 requests.handled', 'e.g. requests.handled'],
  recordId: ['记录编号', 'Record id'],
  recordHint: ['粘贴记录的编号', 'paste a record id'],
  recordBad: [
    '记录编号是 36 位，如 0197…-…；从条目里点一下就能填',
    'A record id has 36 characters; press one in the list to fill it in',
  ],
  filter: ['筛选', 'Filter'],
  clear: ['不筛', 'Clear'],
  position: ['序号', 'No'],
  at: ['时间', 'Time'],
  actor: ['谁', 'Actor'],
  system: ['系统', 'system'],
  record: ['记录', 'Record'],
  change: ['从 → 到', 'From → to'],
  line: ['条线', 'Line'],
  node: ['单位 / 工地', 'Unit or site'],
  reason: ['原因', 'Reason'],
  digest: ['指纹', 'Digest'],
  noDigest: ['无内容', 'no content'],
  onlyThis: ['只看这条记录', 'Only this record'],
  onlyAction: ['只看这个动作', 'Only this action'],
  older: ['更早的', 'Older'],
  end: ['到头了', 'The beginning'],
  empty: ['没有对得上的条目', 'No entry matches'],
  emptyHow: [
    '换一个动作或记录编号；不筛就能看到全部，最新的在前。',
    'Try another action or record id; without a filter all are shown, newest first.',
  ],
  loadFailed: ['没有取到日志', 'The journal could not be loaded'],
  sealNo: ['封号', 'Seal'],
  range: ['条目范围', 'Entries'],
  root: ['根', 'Root'],
  sealedAt: ['封存时间', 'Sealed'],
  signedBy: ['签名', 'Signed by'],
  unsealed: ['还有 {n} 条未封，一分钟内封上', '{n} not sealed yet; within a minute'],
  allSealed: ['全部已封', 'All sealed'],
  sealsEmpty: ['还没有封存', 'No seals yet'],
  sealsEmptyHow: [
    '有了条目，每分钟会封存一次，列在这里。',
    'Once there are entries they are sealed every minute and listed here.',
  ],
  verify: ['核验', 'Verify'],
  verifying: ['正在从存下的字节重算', 'Recomputing from the stored bytes'],
  verifyHow: [
    '从存下的字节重算每一个封，再和外面的锚对照。只读，不改任何东西。',
    'Recomputes every seal from the stored bytes and compares with the anchors outside. Reads only.',
  ],
  valid: ['核验通过', 'Verified'],
  validText: [
    '重算了 {entries} 条、{seals} 个封，对照了 {anchors} 个外部锚，都对得上：没有改过、少过、插过。',
    'Recomputed {entries} entries and {seals} seals, compared {anchors} outside anchors: all agree. Nothing was changed, removed or added.',
  ],
  noAnchors: [
    '还没有外部锚：能证明链条前后一致，不能证明整条链没有被重写。',
    'No outside anchor yet: the chain agrees with itself, but that it was not rewritten as a whole is not shown.',
  ],
  invalid: ['核验不通过，{n} 处对不上', 'Not verified: {n} faults'],
  invalidText: [
    '重算了 {entries} 条、{seals} 个封、{anchors} 个外部锚。请不要动数据库，保留现场，报审计负责人。',
    'Recomputed {entries} entries, {seals} seals and {anchors} anchors. Leave the database as it is and report to the head of audit.',
  ],
  atPosition: ['第 {n} 条', 'entry {n}'],
  atSeal: ['第 {n} 号封', 'seal {n}'],
  verifyFailed: ['核验没有做完，请再试一次', 'The verification did not finish; try again'],
  verifiedAt: ['{at} 核验', 'verified {at}'],
});

export const useT = () => useWords(words);
export type Word = keyof typeof words;
