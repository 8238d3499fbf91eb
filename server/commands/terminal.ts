import { createInterface } from 'node:readline/promises';

/** Where a command speaks to; tests listen here. */
export interface Terminal {
  say(line: string): void;
  /** Overwrites the line before; only where somebody watches. */
  progress(line: string): void;
  /** Null where nobody can be asked. */
  ask: ((question: string) => Promise<string>) | null;
}

/** A refusal the person at the terminal can act on: shown without a stack. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export function openTerminal(): Terminal {
  const watched = process.stderr.isTTY === true;
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001b[K');
    shown = false;
  };
  return {
    say(line) {
      clear();
      process.stdout.write(`${line}\n`);
    },
    progress(line) {
      if (!watched) return;
      clear();
      process.stderr.write(line);
      shown = true;
    },
    ask: process.stdin.isTTY
      ? async (question) => {
          clear();
          const lines = createInterface({ input: process.stdin, output: process.stderr });
          try {
            return (await lines.question(question)).trim();
          } finally {
            lines.close();
          }
        }
      : null,
  };
}
