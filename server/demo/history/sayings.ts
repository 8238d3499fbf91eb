/** The short things people and staff say in a thread that fit any matter, beside the sentences of each topic. */
export const takenBack = [
  '派错承办单位，收回重派。',
  '诉求人补充了位置，收回改派就近单位。',
  '与另一工单重复派送，先收回核对。',
];
export const arbitrated = [
  '两次退单均不成立，由本条线牵头，不得再退。',
  '经核实属本单位管辖，请按原时限办理。',
  '条线之间职责有交叉，现指定本条线牵头，其他条线配合。',
];
export const decidedYes = [
  '同意，请按新的时间办结并告知诉求人。',
  '情况属实，同意。',
  '同意，期间每天在工单里写进展。',
];
export const decidedNo = [
  '理由不充分，请按原时限办理。',
  '可先做临时处置，不同意往后推。',
  '请协调备用渠道，今天内先解决一部分。',
];
export const nudges = [
  '还没有消息，麻烦催一下。',
  '等了很久了，到底什么时候有人来？',
  '快到时间了，还没人联系我。',
  '再催一次，请给个准话。',
  '能不能先告诉我进展到哪一步了？',
];
/** What the handler asks back, each with answers that fit. */
export const asked: { question: string; replies: string[] }[] = [
  {
    question: '您反映的收到了。还有要补充的，直接写在这里就行。',
    replies: ['没别的了，就这件事。', '暂时没有，你们先办。', '补一句：不止我一个人，旁边几个也一样。'],
  },
  {
    question: '方便说一下什么时候在吗？办的人好去找您。',
    replies: ['下了班都在。', '中午休息那会儿在，来之前说一声。', '我不在也行，问班长就知道。'],
  },
  {
    question: '办到一半，先跟您说一声：今天不一定能全办完，能等到明天吗？',
    replies: ['能等，别忘了就行。', '最好今天，实在不行明天一早。', '可以，先把急的办了。'],
  },
];
export const withdrew = [
  '已经自己解决了，不用再跑了。',
  '和班组长说好了，撤回。',
  '提重了，前面已经有人反映过。',
  '后来自己想办法办了，不麻烦了。',
];
export const pressed = ['单位说先撤了再给办。', '单位让撤回。', '被找去谈了，还是先撤吧。', '说影响考核，让我撤掉。'];
export const pressedLater = [
  '不是我要撤的，是单位让撤的，问题还在。',
  '撤是撤了，事情一点没办。',
  '让我撤我就撤了，现在还是老样子。',
];
export const withdrawnFine = ['是我自己撤的，已经好了。', '没事了，谢谢回访。', '后来自己解决了，不是谁让撤的。'];
export const explainedWords = [
  '讲清楚了，政策就是这样，不算解决也不怪他们。',
  '解释听明白了，暂时办不了就算了。',
  '说了原因，能理解，但事情没变。',
];
export const relapsed = [
  '好了没几天又犯了，和上次一样。',
  '又出问题了，当时办的没管住。',
  '前几天好了，今天又是老样子。',
];
