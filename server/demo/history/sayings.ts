/** The short things people and staff say in a thread, beside the sentences of each category. */
import { pick, type Random } from '../random.ts';
import { returnReasons } from '../sentences/compose.ts';

/** Which of the written return reasons fit which return; some name the line that should lead. */
export const returnSayings: { reason: string; text: string; rightLine: string | null }[] = [
  { reason: 'not_our_line', text: returnReasons[0]!, rightLine: 'L11' },
  { reason: 'not_our_line', text: returnReasons[5]!, rightLine: 'L06' },
  { reason: 'not_our_line', text: returnReasons[6]!, rightLine: 'L05' },
  { reason: 'not_our_line', text: returnReasons[7]!, rightLine: 'L08' },
  { reason: 'not_our_unit', text: returnReasons[1]!, rightLine: null },
  { reason: 'needs_facts', text: returnReasons[3]!, rightLine: null },
  { reason: 'other', text: returnReasons[2]!, rightLine: null },
];

/** Hours each written extension reason asks for. */
export const extensionHours = [24, 4, 24, 8, 12, 36, 48];
export const reasonCodes = {
  extension: ['parts', 'force_majeure', 'policy', 'other', 'parts', 'force_majeure', 'other'],
  suspension: ['force_majeure', 'waiting_requester', 'policy', 'parts', 'waiting_requester', 'policy', 'other'],
};

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
  '可先做临时处置，不同意延期。',
  '请协调备用渠道，今天内先解决一部分。',
];
export const nudges = [
  '还没有消息，麻烦催一下。',
  '等了很久了，到底什么时候有人来？',
  '快到时间了，还没人联系我。',
  '再催一次，请给个准话。',
  '能不能先告诉我进展到哪一步了？',
];
export const asked = [
  '请问现在方便进场看一下吗？具体在哪个位置？',
  '您反映的情况已收到，请补充一下数量和最晚需要的时间。',
  '师傅今天下午过去，到了会跟您联系，请留意。',
  '请问目前还缺多少？我们好一次备齐。',
];
export const replied = [
  '方便的，到了在门口问一下就知道。',
  '好的，下午两点以后都有人在。',
  '数量和前面说的一样，最晚今天晚上要用。',
  '收到，谢谢，等你们过来。',
  '可以，我把情况跟大家说一下。',
];
export const withdrew = [
  '已经自己解决了，不用再跑了。',
  '和班组长说好了，撤回。',
  '提重了，前面已经有人反映过。',
  '东西找到了，麻烦了。',
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
  '又出问题了，当时修的没管住。',
  '前几天好了，今天又是老样子。',
];

const summaries = [
  '有职工反映{what}方面的问题，影响日常，请到现场核实并按时限办理。',
  '该处存在{what}问题，请联系现场负责人核实后处理，不要打听反映人。',
  '收到一件{what}类诉求，内容属实性待核，请先排查同类情况再回复。',
  '请检查本站点{what}情况，发现问题一并整改，结果写入工单。',
];

/** 转办摘要: what is to be done, without crew, bed, point or hour. */
export const summaryFor = (category: string, random: Random): string =>
  pick(summaries, random).replace('{what}', category.replace(/问题$/, ''));
