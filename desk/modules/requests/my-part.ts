/**
 * The part a form is about: the one that was chosen, else the one that stood first when the form was opened. Once that one
 * is gone it is about none: what was typed for it must not be sent for another.
 */
export function partInHand<P extends { id: string }>(
  mine: readonly P[],
  chosen: string | null,
  first: string | undefined,
): P | null {
  const wanted = chosen ?? first;
  return mine.find((part) => part.id === wanted) ?? null;
}
