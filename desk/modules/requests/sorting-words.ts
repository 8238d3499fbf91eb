import { defineWords, useWords } from '../../app/words.ts';

const words = defineWords({
  title: ['分拣建议', 'Sorting suggestion'],
  agrees: ['正文与所选类别相符', 'The words fit the category chosen'],
  sure_high: ['把握大', 'sure'],
  sure_fair: ['把握一般', 'fairly sure'],
  sure_low: ['把握小', 'unsure'],
  because: ['依据', 'By'],
  quoted: ['“{word}”', '"{word}"'],
  noWords: ['没有突出的词', 'no word stands out'],
  toLine: ['派往', 'Goes to'],
  headOffice: ['集团', 'head office'],
  why: ['（{why}）', ' ({why})'],
  byCatalogue: ['派单目录写明的', 'as the dispatch catalogue says'],
  byCategory: ['这一类的主办条线', 'the line of this category'],
  byDecisions: ['近 90 天同类 {all} 件中 {there} 件派到这里', '{there} of {all} like it in 90 days went there'],
  urgent: ['提到{words}，按紧急派', 'Says {words}: dispatch as urgent'],
  sealed_care: [
    '像是心里的事：这里不留存。认定就按 Y 移送，内容随即抹去，请本人拨心理热线 {number}',
    'This reads like a matter of the mind, which is not kept here. If so, Y moves it and erases the words; they ring {number}',
  ],
  sealed_oversight: [
    '像是违规违纪反映：这里不留存。认定就按 Y 移送，内容随即抹去，请本人拨监督专线 {number}',
    'This reads like a report of misconduct, which is not kept here. If so, Y moves it and erases the words; they ring {number}',
  ],
  take: ['采纳并派单', 'Take and dispatch'],
  choose: ['改为 {name}', 'Change to {name}'],
  taken: ['{number} 已按建议派往{line}', '{number} went to {line} as suggested'],
  back: ['{number} 又是 {name}', '{number} is {name} again'],
  corrected: ['{number} 改为 {name}', '{number} is now {name}'],
  comma: ['、', ', '],
});

export const useSortingWords = () => useWords(words);
