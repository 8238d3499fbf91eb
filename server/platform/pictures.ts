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

/** A process, and what is told of the picture it has in hand; null while it rests. */
interface Worker {
  child: ChildProcess;
  settle: ((outcome: Done | null) => void) | null;
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

const start = (mostMemory: number): ChildProcess =>
  fork(program, [String(mostMemory)], {
    cwd: dirname(program),
    execArgv: [...(fromSource ? ['--import', 'tsx'] : []), '--max-old-space-size=64'],
    env: bareEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

/**
 * @param limits `longestMs` for one picture, a fresh process's start included; `mostMemory` in bytes, looked at every 50 ms by
 * the process itself; `idleMs` until an unused process ends, so that the memory it took is given back
 */
export function openDecoder(limits: { longestMs: number; mostMemory: number; idleMs: number }): Decoder {
  const resting: Worker[] = [];
  const working = new Set<Worker>();
  const waiting: Waiting[] = [];

  function dismiss(worker: Worker): void {
    clearTimeout(worker.idle);
    const at = resting.indexOf(worker);
    if (at >= 0) resting.splice(at, 1);
    worker.child.kill('SIGKILL');
  }

  function hire(): Worker {
    const worker: Worker = { child: start(limits.mostMemory), settle: null, idle: undefined };
    const gone = (): void => {
      if (worker.settle) worker.settle(null);
      else dismiss(worker);
    };
    worker.child.on('message', (done: Done) => worker.settle?.(done));
    worker.child.on('exit', gone);
    worker.child.on('error', gone);
    return worker;
  }

  function rest(worker: Worker): void {
    resting.push(worker);
    worker.idle = setTimeout(() => dismiss(worker), limits.idleMs).unref();
    hold(worker, false);
  }

  function next(): void {
    const job = waiting.shift();
    if (!job) return;
    const worker = resting.pop() ?? hire();
    clearTimeout(worker.idle);
    hold(worker, true);
    working.add(worker);
    const clock = setTimeout(() => worker.settle?.(null), limits.longestMs);
    worker.settle = (outcome) => {
      clearTimeout(clock);
      worker.settle = null;
      working.delete(worker);
      if (outcome) rest(worker);
      else dismiss(worker);
      if (outcome && 'picture' in outcome) job.resolve(Buffer.from(outcome.picture));
      else job.reject(refusal(outcome?.refused ?? 'file_unreadable'));
      next();
    };
    worker.child.send({ bytes: job.bytes } satisfies Task, (error) => error && worker.settle?.(null));
  }

  return {
    decode(bytes) {
      if (waiting.length >= mostWaiting) return Promise.reject(new Refusal(429, 'too_busy'));
      return new Promise((resolve, reject) => {
        waiting.push({ bytes, resolve, reject });
        if (working.size < atOnce) next();
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

const refusal = (code: 'file_type' | 'file_unreadable'): Refusal =>
  code === 'file_type'
    ? new Refusal(415, 'file_type', { fields: [{ field: 'file', code: 'bad_format' }] })
    : new Refusal(422, 'file_unreadable', { fields: [{ field: 'file', code: 'bad_format' }] });

/** The decoder of this program. Pictures at the pixel limit took up to 404 MB (an interlaced PNG) and 4.1 s. */
export const pictures = openDecoder({ longestMs: 15_000, mostMemory: 640 * 1024 * 1024, idleMs: 20_000 });
