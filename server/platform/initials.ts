/**
 * First letters of a name's pinyin, lower case, for type-ahead: 公路公司 → `glgs`. The library is read when somebody
 * needs it: 15 MB that a program which only serves never holds.
 */
export async function openInitials(): Promise<(zh: string) => string> {
  const { pinyin } = await import('pinyin-pro');
  return (zh) => pinyin(zh, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase();
}
