import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { commitmentOf, dayRecord, drawKey, frameDigest, isDrawn, isDrawnAgain } from './draw.ts';
import { certainly, planOf, planText, shareOf, stratumCode, stratumOf } from './rates.ts';
import { cellsOf, totalOf } from './result.ts';

const secret = Buffer.alloc(32, 1);
const root = Buffer.alloc(32, 2);
const id = '0190a6a0-0000-7000-8000-000000000001';

describe('the draw (rules 9)', () => {
  test('vectors: commitment, key and each drawing as anybody computes them with sha256sum and openssl', () => {
    expect(commitmentOf(secret).toString('hex')).toBe(
      '72cd6e8422c407fb6d098690f1130b7ded7ec2f7f5e1d30bd9d521f015363793',
    );
    const key = drawKey(secret, root);
    expect(key.equals(createHash('sha256').update(secret).update(root).digest())).toBe(true);
    const number = BigInt(`0x${createHmac('sha256', key).update(id).digest('hex')}`);
    const tenThousandths = Number((number * 10_000n) >> 256n);
    expect(isDrawn(key, id, tenThousandths)).toBe(false);
    expect(isDrawn(key, id, tenThousandths + 1)).toBe(true);
  });
  test('a share of one draws everybody, none draws nobody', () => {
    const key = drawKey(secret, root);
    for (let i = 0; i < 500; i++) {
      expect(isDrawn(key, `${id}${i}`, 10_000)).toBe(true);
      expect(isDrawn(key, `${id}${i}`, 0)).toBe(false);
    }
  });
  test('a share of 30 % draws about 30 %, and the second call is a draw of its own', () => {
    const key = drawKey(secret, root);
    const ids = Array.from({ length: 5000 }, (_, i) => `${id}${i}`);
    const drawn = ids.filter((one) => isDrawn(key, one, 3000));
    expect(drawn.length / ids.length).toBeCloseTo(0.3, 1);
    const again = drawn.filter((one) => isDrawnAgain(key, one, 3000)).length;
    expect(again / drawn.length).toBeCloseTo(0.3, 1);
  });
  test('another root, another list', () => {
    const ids = Array.from({ length: 200 }, (_, i) => `${id}${i}`);
    const list = (sealRoot: Buffer) => ids.filter((one) => isDrawn(drawKey(secret, sealRoot), one, 5000));
    expect(list(root)).not.toEqual(list(Buffer.alloc(32, 3)));
  });
  test('a day’s record follows from the day alone', () => {
    expect(dayRecord('2026-11-22')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(dayRecord('2026-11-22')).toBe(dayRecord('2026-11-22'));
    expect(dayRecord('2026-11-22')).not.toBe(dayRecord('2026-11-23'));
  });
  test('one digest over a frame, in whatever order it is written', () => {
    const lines = [
      { request: 'a', stratum: 'A/high/late', mandatory: null },
      { request: 'b', stratum: 'A/high/late', mandatory: 'urgent' },
    ];
    expect(frameDigest(lines)).toEqual(frameDigest([...lines].reverse()));
    expect(frameDigest(lines)).not.toEqual(frameDigest([{ ...lines[0]!, mandatory: 'urgent' }, lines[1]!]));
  });
});

describe('rates', () => {
  const plan = {
    from: '2026-11-22',
    base: 4000,
    again: 300,
    lines: [
      { category: 'B', priority: null, timing: 'late' as const, share: 9000 },
      { category: 'B', priority: null, timing: null, share: 6000 },
      { category: null, priority: 'high', timing: null, share: 5000 },
    ],
  };
  test.each([
    ['B/high/late', 9000],
    ['B/high/on_time', 6000],
    ['A/high/on_time', 5000],
    ['A/normal24/late', 4000],
    ['B/normal24/withdrawn', 6000],
  ])('%s: %i of ten thousand; the first line that fits decides', (code, share) => {
    expect(shareOf(plan, stratumOf(code))).toBe(share);
    expect(stratumCode(stratumOf(code))).toBe(code);
  });
  test('a plan is written as one text and read back as it was', () => {
    expect(planOf(planText(plan))).toEqual(plan);
  });
  test.each([
    [{ exit: 'withdrawn' as const }, 'withdrawn'],
    [{ categoryCode: 'I02' }, 'complaint'],
    [{ priority: 'urgent' }, 'urgent'],
    [{ confidentiality: 'confidential' }, 'confidential'],
    [{ reopens: 1 }, 'reopened'],
    [{ saidByOther: true }, 'said_by_other'],
    [{}, null],
  ])('%o is called for certain: %s', (change, reason) => {
    const ordinary = {
      exit: 'handled' as const,
      priority: 'normal24',
      confidentiality: 'open',
      reopens: 0,
      categoryCode: 'A03',
      saidByOther: false,
    };
    expect(certainly({ ...ordinary, ...change })).toBe(reason);
  });
});

test('refusals stay in the denominator, and so does whoever was never rung', () => {
  const line = (disposed: 'drawn' | 'mandatory' | 'not_drawn' | 'own_solved' | 'own_not', outcome: string | null) => ({
    stratum: 'A/high/on_time',
    mandatory: disposed === 'mandatory',
    disposed,
    outcome,
  });
  const cells = cellsOf([
    line('own_solved', null),
    line('own_not', null),
    line('not_drawn', null),
    line('drawn', 'solved'),
    line('drawn', 'better'),
    line('drawn', 'refused'),
    line('drawn', 'unreachable'),
    line('drawn', 'gone'),
    line('drawn', 'open'),
    line('mandatory', 'solved'),
  ]);
  expect(cells).toEqual([
    {
      stratum: 'A/high/on_time',
      mandatory: true,
      A: 0,
      yA: 0,
      B: 1,
      b: 1,
      r: 1,
      y: 1,
      refused: 0,
      unreachable: 0,
      gone: 0,
      open: 0,
    },
    {
      stratum: 'A/high/on_time',
      mandatory: false,
      A: 2,
      yA: 1,
      B: 7,
      b: 6,
      r: 2,
      y: 1,
      refused: 1,
      unreachable: 1,
      gone: 1,
      open: 1,
    },
  ]);
  expect(totalOf(cells)).toMatchObject({ A: 2, B: 8, b: 7, r: 3, y: 2 });
});
