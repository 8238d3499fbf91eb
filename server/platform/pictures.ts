import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './config.ts';
import { Refusal } from './errors.ts';
import type { Done, Task } from './picture-decoder.ts';

/** Opens pictures in processes of their own: one that hangs, dies or eats memory costs its sender a refusal, nobody else. */
export interface Decoder {
  /** The picture as JPEG, at most 2000 pixels a side, without anything else that came with it. @throws file_type, file_unreadable, too_busy */
  decode(bytes: Buffer): Promise<Buffer>;
  /** Process ids at work or waiting for work. */
  processes(): number[];
}

/** What came of a picture in one process: what the decoder says of it, or why it said nothing. */
type Outcome = Done | 'not_started' | 'died' | 'too_late';

/** A process, and what is told of the picture it has in hand; null while it rests. */
interface Worker {
  child: ChildProcess;
  settle: ((outcome: Outcome) => void) | null;
  idle: NodeJS.Timeout | undefined;
}

interface Waiting {
  bytes: Buffer;
  resolve(picture: Buffer): void;
  reject(error: Refusal): void;
}

/** A flood of pictures must not take the processor from people's text. */
const atOnce = 2;
/** Each holds up to 8 MB while it waits. */
const mostWaiting = 12;

// From source the decoder is TypeScript beside this file; built, it is a program beside the one that runs.
const fromSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(fromSource ? 'picture-decoder.ts' : 'picture-decoder.mjs', import.meta.url));

interface Limits {
  /** For one picture in one process, its start included. */
  longestMs: number;
  /** Of the processor, for one picture; looked at every 50 ms by the process itself, as is its memory. */
  mostWorkMs: number;
  /** Bytes. */
  mostMemory: number;
  /** Until an unused process ends, so that the memory it took is given back. */
  idleMs: number;
}

const start = ({ mostMemory, mostWorkMs }: Limits): ChildProcess =>
  fork(program, [String(mostMemory), String(mostWorkMs)], {
    cwd: dirname(program),
    execArgv: [...(fromSource ? ['--import', 'tsx'] : []), '--max-old-space-size=64'],
    env: bareEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

export function openDecoder(limits: Limits): Decoder {
  const resting: Worker[] = [];
  const working = new Set<Worker>();
  const waiting: Waiting[] = [];
  let running = 0;

  function dismiss(worker: Worker): void {
    clearTimeout(worker.idle);
    const at = resting.indexOf(worker);
    if (at >= 0) resting.splice(at, 1);
    worker.child.kill('SIGKILL');
  }

  /** Null where the system gives no further process. */
  function hire(): Worker | null {
    let child: ChildProcess;
    try {
      child = start(limits);
    } catch {
      return null;
    }
    const worker: Worker = { child, settle: null, idle: undefined };
    const gone = (): void => {
      if (worker.settle) worker.settle('died');
      else dismiss(worker);
    };
    child.on('message', (done: Done) => worker.settle?.(done));
    child.on('exit', gone);
    child.on('error', gone);
    return child.pid === undefined ? null : worker;
  }

  function rest(worker: Worker): void {
    resting.push(worker);
    worker.idle = setTimeout(() => dismiss(worker), limits.idleMs).unref();
    hold(worker, false);
  }

  function attempt(bytes: Buffer, worker: Worker | null): Promise<Outcome> {
    if (!worker) return Promise.resolve('not_started');
    return new Promise((resolve) => {
      clearTimeout(worker.idle);
      hold(worker, true);
      working.add(worker);
      const clock = setTimeout(() => worker.settle?.('too_late'), limits.longestMs);
      worker.settle = (outcome) => {
        clearTimeout(clock);
        worker.settle = null;
        working.delete(worker);
        if (typeof outcome === 'object') rest(worker);
        else dismiss(worker);
        resolve(outcome);
      };
      worker.child.send({ bytes } satisfies Task, (error) => error && worker.settle?.('died'));
    });
  }

  async function open({ bytes, resolve, reject }: Waiting): Promise<void> {
    running++;
    let outcome = await attempt(bytes, resting.pop() ?? hire());
    // Not yet the picture's fault: a process may be ended by the system, while it rests or at work.
    if (outcome === 'died' || outcome === 'not_started') outcome = await attempt(bytes, hire());
    running--;
    if (typeof outcome === 'object' && 'picture' in outcome) resolve(Buffer.from(outcome.picture));
    else reject(refusal(outcome));
    const next = waiting.shift();
    if (next) void open(next);
  }

  return {
    decode(bytes) {
      if (waiting.length >= mostWaiting) return Promise.reject(new Refusal(429, 'too_busy'));
      return new Promise((resolve, reject) => {
        const job = { bytes, resolve, reject };
        if (running < atOnce) void open(job);
        else waiting.push(job);
      });
    },
    processes: () => [...working, ...resting].flatMap(({ child }) => child.pid ?? []),
  };
}

/** While nobody waits for it, a process does not keep the program from ending. */
function hold({ child }: Worker, held: boolean): void {
  if (held) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

/** A picture that has ended two processes, by its work, its memory or a fault, cannot be read; our own lack is no fault of it. */
function refusal(outcome: Exclude<Outcome, { picture: Uint8Array }>): Refusal {
  if (outcome === 'not_started' || outcome === 'too_late') return new Refusal(429, 'too_busy');
  const code = outcome === 'died' ? 'file_unreadable' : outcome.refused;
  return new Refusal(code === 'file_type' ? 415 : 422, code, { fields: [{ field: 'file', code: 'bad_format' }] });
}

/** The decoder of this program. Pictures at the pixel limit took up to 404 MB (an interlaced PNG) and 4.1 s. */
export const pictures = openDecoder({
  longestMs: 15_000,
  mostWorkMs: 10_000,
  mostMemory: 640 * 1024 * 1024,
  idleMs: 20_000,
});
