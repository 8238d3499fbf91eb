/**
 * Words after which nobody waits, whatever the category: danger to life, fire, electricity, gas, collapse, people without
 * food or water. Pure.
 */
const dangers = [
  '昏迷',
  '晕倒',
  '昏倒',
  '不省人事',
  '叫不醒',
  '没有呼吸',
  '呼吸困难',
  '大出血',
  '血止不住',
  '抽搐',
  '触电',
  '着火',
  '起火',
  '火灾',
  '冒烟',
  '爆炸',
  '煤气泄漏',
  '燃气泄漏',
  '中毒',
  '坍塌',
  '塌方',
  '被困',
  '溺水',
  '坠落',
  '断粮',
  '漏电',
] as const;

/** Said to be absent: 没有着火, 不会触电. */
const denied = /(?:没有?|未|不会|防止?|避免|预防|演练)[^，。！？,.!?]{0,2}$/u;

/** @returns the words found, in the order of the text, each once */
export function urgentWords(text: string): string[] {
  return dangers
    .map((word) => ({ word, at: text.indexOf(word) }))
    .filter(({ at }) => at >= 0 && !denied.test(text.slice(Math.max(0, at - 5), at)))
    .sort((a, b) => a.at - b.at)
    .map(({ word }) => word);
}
