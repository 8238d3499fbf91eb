/**
 * The result of one day per cell (rules 10): what the estimate of the truth is computed from. Pure.
 * A cell is a stratum, apart for those called for certain and those left to the draw.
 */
export interface Line {
  stratum: string;
  mandatory: boolean;
  disposed: 'drawn' | 'mandatory' | 'not_drawn' | 'own_solved' | 'own_not';
  outcome: string | null;
}

export interface Cell {
  stratum: string;
  mandatory: boolean;
  /** A: answered by themselves within their own day; yA of them "solved". */
  A: number;
  yA: number;
  /** B: silent; b of them drawn or called for certain; r reached with an answer; y of them "solved". */
  B: number;
  b: number;
  r: number;
  y: number;
  /** Of b without an answer: non-response, never satisfied. */
  refused: number;
  unreachable: number;
  /** Left before they could be rung: spoke up later, moved to a sealed line, closed otherwise. */
  gone: number;
  open: number;
}

const answered = ['solved', 'better', 'not_solved', 'unclear'];

/** @param lines each once, or `n` alike counted together */
export function cellsOf(lines: readonly (Line & { n?: number })[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const line of lines) {
    const key = `${line.stratum} ${line.mandatory}`;
    let cell = cells.get(key);
    if (!cell) {
      const { stratum, mandatory } = line;
      cell = { stratum, mandatory, A: 0, yA: 0, B: 0, b: 0, r: 0, y: 0, refused: 0, unreachable: 0, gone: 0, open: 0 };
      cells.set(key, cell);
    }
    count(cell, line);
  }
  return [...cells.values()].sort(
    (a, b) => a.stratum.localeCompare(b.stratum) || Number(b.mandatory) - Number(a.mandatory),
  );
}

function count(cell: Cell, { disposed, outcome, n = 1 }: Line & { n?: number }): void {
  if (disposed === 'own_solved' || disposed === 'own_not') {
    cell.A += n;
    if (disposed === 'own_solved') cell.yA += n;
    return;
  }
  cell.B += n;
  if (disposed === 'not_drawn') return;
  cell.b += n;
  if (outcome !== null && answered.includes(outcome)) {
    cell.r += n;
    if (outcome === 'solved') cell.y += n;
  } else if (outcome === 'refused') cell.refused += n;
  else if (outcome === 'unreachable') cell.unreachable += n;
  else if (outcome === 'open' || outcome === null) cell.open += n;
  else cell.gone += n;
}

/** Totals over cells, field by field. */
export function totalOf(cells: readonly Cell[]): Omit<Cell, 'stratum' | 'mandatory'> {
  const total = { A: 0, yA: 0, B: 0, b: 0, r: 0, y: 0, refused: 0, unreachable: 0, gone: 0, open: 0 };
  for (const cell of cells) for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += cell[name];
  return total;
}
