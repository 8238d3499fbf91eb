/** Pinyin initials of a Chinese name; the dictionary behind it is large, so it comes when first needed. */
export type Initials = (text: string) => string;

let loading: Promise<Initials> | undefined;
const known = new Map<string, string>();

export function loadInitials(): Promise<Initials> {
  loading ??= import('pinyin-pro').then(
    ({ pinyin }) =>
      (text: string) =>
        pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' }).join(''),
  );
  return loading;
}

export function initialsOf(initials: Initials, text: string): string {
  let found = known.get(text);
  if (found === undefined) {
    found = initials(text);
    known.set(text, found);
  }
  return found;
}
