const second = 1_000;
const betweenMs = 5 * second;
const soonMs = 200;
const patienceMs = 3 * second;

export interface Rounds {
  /** There may be something to do. */
  wake(): void;
  /** Waits for the round under way, three seconds at most. */
  stop(): Promise<void>;
}

/**
 * Makes rounds, one at a time, until it is stopped: every five seconds, at once again where `round` says that there is more,
 * and soon (200 ms) after it is woken: once a second in a rush, and never later for being woken again. A round that fails is
 * told to `onError`, and the next comes at its time.
 */
export function startRounds(round: () => Promise<{ more: boolean }>, onError: (error: unknown) => void): Rounds {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let dueAt = 0;
  let notWokenBefore = 0;
  let running: Promise<void> | null = null;
  let wokenMeanwhile = false;
  const scheduleAt = (at: number): void => {
    clearTimeout(timer);
    dueAt = at;
    if (!stopped) timer = setTimeout(begin, at - performance.now());
  };
  const begin = (): void => {
    wokenMeanwhile = false;
    running = round()
      .catch((error) => {
        onError(error);
        return { more: false };
      })
      .then(({ more }) => {
        running = null;
        scheduleAt(performance.now() + (more ? 0 : betweenMs));
        if (wokenMeanwhile) wake();
      });
  };
  const wake = (): void => {
    // What came while a round was under way may have come too late for it.
    if (running) {
      wokenMeanwhile = true;
      return;
    }
    const at = Math.max(performance.now() + soonMs, notWokenBefore);
    if (at >= dueAt) return;
    notWokenBefore = at + second;
    scheduleAt(at);
  };
  scheduleAt(performance.now() + second);
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      // What hangs is left: whoever makes rounds can do the same again.
      await Promise.race([running, new Promise((late) => setTimeout(late, patienceMs).unref())]);
    },
  };
}
