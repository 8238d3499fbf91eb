/** How a need of the last days is steered: what has happened to it by now and what has not. */
import type { Random } from '../random.ts';
import type { Scene, Wanted } from './asking.ts';
import { minute } from './calendar.ts';
import { uniform } from './chance.ts';
import type { Steer } from './steer.ts';

export interface Stroke {
  scene: Scene;
  now: number;
  random: Random;
  add(wanted: Omit<Wanted, 'key' | 'category'> & { category?: string; to?: 'unit' | 'head' }, steer: Steer): void;
}

export const quick = ['A01', 'A02', 'B01', 'B02', 'C03', 'C04', 'F02', 'F04', 'F05', 'E03'];
export const slow = ['A03', 'A04', 'A05', 'B03', 'E01', 'E04', 'E05', 'F01', 'F03', 'F06', 'G02', 'I01', 'H03'];
export const lineOf: Record<string, string> = {
  hand10: 'B01 B02 B03 B05',
  hand11: 'A01 A02 A03 A04 A05 E04',
  hand15: 'C03 C04 C05 E03',
};
export const times = (n: number, work: (i: number) => void): void =>
  Array.from({ length: n }, (_, i) => work(i)).forEach(() => {});

/** The steps before work began, told backwards from the moment it was accepted. */
export function before(s: Stroke, acceptedAt: number): { at: number; dispatchAt: number; acceptAt: number } {
  const dispatchAt = acceptedAt - uniform(1.5, 20, s.random) * minute;
  return { at: Math.floor(dispatchAt - uniform(2, 12, s.random) * minute), dispatchAt, acceptAt: acceptedAt };
}
/** Moments in calling hours between two times, in order; fewer where the hours do not allow it. */
export function rungBetween(s: Stroke, from: number, to: number, wanted: number): number[] {
  const all: number[] = [];
  for (let i = 0; i < 40 && all.length < wanted; i++) {
    const at = uniform(from, to, s.random);
    const h = s.scene.calendar.hourOf(at);
    if (h >= 9 && h < 20.5) all.push(at);
  }
  return all.sort((a, b) => a - b);
}
