/** Working hours as people write them: `08:30-12:00 13:00-17:30`; nothing = free. */
export type Spans = [from: number, to: number][];

const pad = (n: number): string => String(n).padStart(2, '0');
const clockOf = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;

export const writeSpans = (spans: readonly (readonly [number, number])[]): string =>
  spans.map(([from, to]) => `${clockOf(from)}-${clockOf(to)}`).join(' ');

const span = /^(\d{1,2})[:：](\d{2})[-–—~至](\d{1,2})[:：](\d{2})$/;

/** @returns null where it cannot be read: not a time, backwards, or one span within another */
export function readSpans(text: string): Spans | null {
  const spans: Spans = [];
  for (const part of text
    .trim()
    .split(/[\s,，、;；]+/)
    .filter((each) => each !== '')) {
    const found = span.exec(part);
    if (!found) return null;
    const [fromHour, fromMinute, toHour, toMinute] = found.slice(1).map(Number) as [number, number, number, number];
    const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
    if (fromMinute > 59 || toMinute > 59 || to > 1440 || from >= to || from < (spans.at(-1)?.[1] ?? 0)) return null;
    spans.push([from, to]);
  }
  return spans;
}
