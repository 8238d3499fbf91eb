/** Does the work on each, in their order, at most so many at once. Where one fails, those under way are not waited for. */
export async function sideBySide<T>(
  things: readonly T[],
  most: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const left = [...things];
  const lane = async (): Promise<void> => {
    while (left.length > 0) await work(left.shift()!);
  };
  await Promise.all(Array.from({ length: Math.min(most, left.length) }, lane));
}
