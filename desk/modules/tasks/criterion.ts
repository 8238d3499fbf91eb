const chineseNumber = /[一二三四五六七八九十百千两]+(?:个|间|人|台|张|处|份|天|日|月|周|次|套|户|家|小时|号|项)/;
const date =
  /(?:周|星期)[一二三四五六日天]|月底|月末|年底|年内|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b|今天|明天/i;
const delivered =
  /照片|清单|报告|台账|名单|方案|记录|纪要|合同|证明|签字|通知书|总结|图纸|\b(?:photos?|lists?|reports?|plans?|records?|minutes|contracts?|certificates?|signed|signatures?)\b/i;

/** Whether one could say later that it is met: a number, a date or something delivered is named in it. */
export const isMeasurable = (text: string): boolean =>
  /\d/.test(text) || chineseNumber.test(text) || date.test(text) || delivered.test(text);
