/**
 * Cheap phones tell the wrong time, by hours when their battery has run out. What is shown (time left, "today") follows
 * the server's clock as last heard; what the phone sends keeps its own time, which the server judges (rules 13).
 */
const tolerated = 60_000;

let ahead = 0;

/** Learns from an answer how far this phone's clock is off; a second or two of travel is not worth a jump. */
export function hearClock(date: string | null, now = Date.now()): void {
  const off = now - Date.parse(date ?? '');
  if (Number.isNaN(off)) return;
  ahead = Math.abs(off) > tolerated ? off : 0;
}

/** The time it really is, as far as this phone knows. */
export const trueNow = (): Date => new Date(Date.now() - ahead);

/** When something really was that this phone wrote down by its own clock. */
export const trueTime = (iso: string): string => new Date(Date.parse(iso) - ahead).toISOString();
