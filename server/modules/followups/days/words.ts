import type { DayCheck, Difference } from './verifying.ts';

type Pair = readonly [zh: string, en: string];

/** What the re-verification says, on the command line and on its page: [Chinese, English]. */
export const dayWords: { states: Record<DayCheck['state'], Pair>; differences: Record<Difference, Pair> } = {
  states: {
    none: ['台账里没有这一天', 'the journal knows no such day'],
    open: ['当天还没有结束', 'the day is not over'],
    sealed: ['已封框，密值未公布', 'the frame is sealed, the secret not told yet'],
    frozen: ['已冻结，密值已公布', 'frozen, and the secret is told'],
  },
  differences: {
    no_commitment: ['没有当天的承诺', 'there is no commitment for the day'],
    commitment_twice: ['同一天有两次承诺', 'the day was committed twice'],
    commitment_not_anchored: [
      '封框之前，库外没有留存当天的承诺',
      'the commitment was not anchored before the frame closed',
    ],
    rates_differ: ['抽样率与事先公布的不一致', 'the rates are not those published before'],
    rates_changed_late: ['抽样率在当天或之后才公布', 'rates were published on their own first day or later'],
    frame_missing: ['当天办结或撤回，却没有进入抽样框', 'handled or withdrawn on the day, yet not in the frame'],
    frame_extra: ['进了抽样框，当天却没有办结或撤回', 'in the frame, yet neither handled nor withdrawn on the day'],
    frame_twice: ['同一件在框里出现两次', 'the same request stands in the frame twice'],
    frame_digest: ['抽样框的摘要或件数不符', 'digest or number of the frame differs'],
    frame_changed_late: ['封框之后又添加', 'added after the frame was closed'],
    frame_not_sealed: ['抽样框没有被封存', 'no seal covers the frame'],
    secret_differs: ['公布的密值与承诺不符', 'the secret that was told is not the one committed to'],
    result_missing: ['框里有、结果里没有', 'in the frame, yet without a result'],
    result_extra: ['结果里有、框里没有', 'a result for what is not in the frame'],
    not_called: ['应当随访而没有随访', 'had to be called and was not'],
    called_without_draw: ['没有抽中也不属必访，却列为随访', 'called though neither drawn nor certain'],
    own_word_missing: [
      '记为本人已答，台账里没有本人的话',
      'said to have spoken, and the journal has no word of theirs',
    ],
    answer_missing: ['结果没有台账记录支持', 'the outcome has no entry behind it'],
    answer_differs: ['结果与台账里的回答不符', 'the outcome is not the answer in the journal'],
    again_not_called: ['应当复访而没有复访', 'had to be called again and was not'],
    again_without_draw: ['没有抽中却安排了复访', 'called again without being drawn'],
    totals_differ: ['冻结的合计与逐件不符', 'the frozen totals are not the sum of the lines'],
    frozen_twice: ['同一天冻结了两次', 'the day was frozen twice'],
  },
};
