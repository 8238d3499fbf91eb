/**
 * Runs many lives side by side in the order of time. A life is a generator that yields the moment it wants to go on;
 * what lies after `now` has not happened yet and never runs.
 */
export type Life = Generator<number, void, void>;

interface Waiting {
  at: number;
  order: number;
  life: Life;
}

export interface Scheduler {
  start(at: number, life: Life): void;
  /** Runs everything up to and including `now`. */
  run(now: number): void;
  /** The moment at which the present life runs. */
  time(): number;
}

export function schedule(): Scheduler {
  const heap: Waiting[] = [];
  let order = 0;
  let time = Number.NEGATIVE_INFINITY;
  const before = (a: Waiting, b: Waiting): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(item: Waiting): void {
    let i = heap.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(item, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = item;
  }

  function pop(): Waiting {
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
        if (!before(heap[child]!, last)) break;
        heap[i] = heap[child]!;
        i = child;
      }
      heap[i] = last;
    }
    return top;
  }

  return {
    start: (at, life) => push({ at, order: order++, life }),
    run(now) {
      while (heap.length > 0 && heap[0]!.at <= now) {
        const { at, life } = pop();
        time = Math.max(time, at);
        const step = life.next();
        if (!step.done) push({ at: Math.max(Math.ceil(step.value), time), order: order++, life });
      }
    },
    time: () => time,
  };
}
