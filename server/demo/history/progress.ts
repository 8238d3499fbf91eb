/** One line that renews itself on a terminal; elsewhere a line for every fifth. */
export function showProgress(
  words: string,
  out: { isTTY?: boolean; write(text: string): unknown } = process.stdout,
): (done: number, all: number) => void {
  const figure = new Intl.NumberFormat('en-US');
  let fifth = -1;
  return (done, all) => {
    const line = `${words} … ${figure.format(done)} / ${figure.format(all)}`;
    if (out.isTTY) {
      out.write(`\r${line}${done >= all ? '\n' : ''}`);
      return;
    }
    const now = Math.floor((done / all) * 5);
    if (now > fifth) out.write(`${line}\n`);
    fifth = Math.max(fifth, now);
  };
}
