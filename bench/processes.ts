import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  pid: number;
  parent: number;
  command: string;
  /** Seconds of processor time so far. */
  seconds: number;
}

/** All processes below this one, where /proc tells. */
export function below(pid: number): Process[] {
  const all = everyProcess();
  const found: Process[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const children = all.filter((one) => parents.includes(one.parent));
    found.push(...children);
    parents = children.map((one) => one.pid);
  }
  return found;
}

function everyProcess(): Process[] {
  const numbers = (): string[] => {
    try {
      return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    } catch {
      return [];
    }
  };
  return numbers().flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [
        {
          pid: Number(name),
          parent: Number(fields[1]),
          command,
          seconds: (Number(fields[11]) + Number(fields[12])) / 100,
        },
      ];
    } catch {
      return [];
    }
  });
}

interface Used {
  at: number;
  everybody: number;
  ours: number;
}

function used(): Used | null {
  try {
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = readFileSync('/proc/stat', 'utf8')
      .split('\n')[0]!
      .split(/\s+/)
      .slice(1)
      .map(Number);
    const self = process.cpuUsage();
    const ours = below(process.pid).reduce((sum, one) => sum + one.seconds, (self.user + self.system) / 1e6);
    return { at: performance.now(), everybody: (user + nice + system + irq + softirq + steal) / 100, ours };
  } catch {
    return null;
  }
}

/**
 * Begins to watch how many processors are busy with what is not ours (this process and all it started).
 * @returns reads it; NaN where /proc does not tell
 */
export function watchOthers(): () => number {
  const before = used();
  return () => {
    const after = used();
    if (!before || !after) return Number.NaN;
    return Math.max(
      0,
      (after.everybody - before.everybody - (after.ours - before.ours)) / ((after.at - before.at) / 1000),
    );
  };
}
