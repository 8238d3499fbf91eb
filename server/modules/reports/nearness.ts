/**
 * Whether two names ask for the same: pure, for the registry of what the group asks or already knows. Formula and vectors:
 * docs/reports.md.
 */

/** From here on two names are one question until somebody changes the words. */
export const nearEnough = 0.72;

/** Words that say how something is asked and not what: "today's number of …", "合计". */
const fillers =
  /今天|今日|当日|每日|本日|昨天|本周|每周|目前|现在|实际|合计|总数|总计|数量|人数|个数|次数|多少|情况|统计|请填写|请填|填报|上报|number|total|count|amount|today|daily|current|actual|how many|please|of the|of|the|per|in|at|on/g;

/** As it is compared: small letters, half-width, without signs and without words that say nothing. */
export function plain(name: string): string {
  const folded = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]+/gu, ' ');
  const bare = folded.replace(/[a-z]+s\b/g, (word) => (word.length > 4 ? word.slice(0, -1) : word));
  const said = bare.replace(
    /\p{Script=Han}/u.test(bare) ? fillers : new RegExp(`\\b(?:${fillers.source})\\b`, 'g'),
    ' ',
  );
  const kept = said.replace(/\s+/g, ' ').trim();
  return kept === '' ? bare.replace(/\s+/g, ' ').trim() : kept;
}

/** Chinese by pairs of characters, other scripts by words: what stands beside what. */
function terms(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const add = (term: string): void => void found.set(term, (found.get(term) ?? 0) + 1);
  for (const run of text.match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? []) {
    if (!/\p{Script=Han}/u.test(run)) add(run);
    else if (run.length === 1) add(run);
    else for (let i = 0; i + 2 <= run.length; i++) add(run.slice(i, i + 2));
  }
  return found;
}

/**
 * 0–1: Dice of the terms of two names, or 1 where one plain name is the other. Names in different scripts are not compared.
 */
export function alike(a: string, b: string): number {
  const [x, y] = [plain(a), plain(b)];
  if (x === '' || y === '') return 0;
  if (x.replaceAll(' ', '') === y.replaceAll(' ', '')) return 1;
  const [one, other] = [terms(x), terms(y)];
  let common = 0;
  let all = 0;
  for (const [term, n] of one) {
    common += Math.min(n, other.get(term) ?? 0);
    all += n;
  }
  for (const n of other.values()) all += n;
  return all === 0 ? 0 : (2 * common) / all;
}
