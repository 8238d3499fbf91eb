import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, day, type House, openHouse } from '../testing/program.ts';
import { uploadQuotas } from './files.ts';
import { type Decoder, openDecoder, pictures } from './pictures.ts';

let photo: Buffer;
const roomy = { longestMs: 15_000, mostWorkMs: 10_000, mostMemory: 640 * 1024 * 1024, idleMs: 30_000 };
beforeAll(async () => {
  photo = await sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#2a5' } })
    .jpeg()
    .toBuffer();
});

const small = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
    .png()
    .toBuffer();

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !condition(); await sleep(5))
    if (Date.now() > end) throw new Error('it did not come about');
}
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a picture is opened in a process of its own (rules 7)', () => {
  /** Makes sure a process is up, so that what follows is about the picture. */
  const ready = async (decoder: Decoder): Promise<number> => {
    await decoder.decode(photo);
    return decoder.processes()[0]!;
  };

  test('it comes back smaller, as JPEG', async () => {
    const decoder = openDecoder({ ...roomy, idleMs: 50 });
    expect(await sharp(await decoder.decode(photo)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 2000,
      height: 1000,
    });
  });
  const heavy = () =>
    sharp({ create: { width: 6000, height: 6000, channels: 3, background: '#2a5' } })
      .png({ progressive: true })
      .toBuffer();

  test('one that takes more work than a picture may is refused, its process ended, and the next picture is opened', async () => {
    const decoder = openDecoder({ ...roomy, mostWorkMs: 150 });
    await expect(decoder.decode(await heavy())).rejects.toMatchObject({ status: 422, code: 'file_unreadable' });
    expect(decoder.processes()).toEqual([]);
    expect((await decoder.decode(await small())).length).toBeGreaterThan(100);
  });
  test('one that takes more memory than a picture may is refused, and its process ended', async () => {
    const tight = openDecoder({ ...roomy, mostMemory: 30 * 1024 * 1024 });
    await expect(tight.decode(await heavy())).rejects.toMatchObject({ status: 422, code: 'file_unreadable' });
    expect(tight.processes()).toEqual([]);
    const decoder = openDecoder({ ...roomy, idleMs: 50 });
    expect((await decoder.decode(await heavy())).length).toBeGreaterThan(100);
  });
  test('no fault of the picture: one whose process is ended at work or at rest is opened by another', async () => {
    const decoder = openDecoder(roomy);
    const working = await ready(decoder);
    process.kill(working, 'SIGSTOP');
    const opened = decoder.decode(photo);
    process.kill(working, 'SIGKILL');
    expect((await opened).length).toBeGreaterThan(100);
    // Ended, and not known to be yet.
    const [resting] = decoder.processes();
    process.kill(resting!, 'SIGKILL');
    expect((await decoder.decode(photo)).length).toBeGreaterThan(100);
    expect(decoder.processes()).not.toContain(resting);
  });
  test('no fault of the picture: one the machine had no time for may come again', async () => {
    const decoder = openDecoder({ ...roomy, longestMs: 4_000 });
    const pid = await ready(decoder);
    process.kill(pid, 'SIGSTOP');
    await expect(decoder.decode(photo)).rejects.toMatchObject({ status: 429, code: 'too_busy' });
    await until(() => !alive(pid));
    expect((await decoder.decode(photo)).length).toBeGreaterThan(100);
  });
  test.each([
    ['says so later', '/nowhere/node'],
    ['says so at once', '/dev/null/node'],
  ])('no fault of the picture: when the system starts no process (it %s), it may come again', async (_, nowhere) => {
    const decoder = openDecoder(roomy);
    const { execPath } = process;
    process.execPath = nowhere;
    try {
      await expect(decoder.decode(photo)).rejects.toMatchObject({ status: 429, code: 'too_busy' });
    } finally {
      process.execPath = execPath;
    }
    expect((await decoder.decode(photo)).length).toBeGreaterThan(100);
  });
  test('at most two at once, and a flood is told to come again', async () => {
    const decoder = openDecoder({ ...roomy, idleMs: 50 });
    const flood = Promise.allSettled(Array.from({ length: 20 }, () => decoder.decode(photo)));
    expect(decoder.processes()).toHaveLength(2);
    const told = await flood;
    expect(told.filter((one) => one.status === 'fulfilled')).toHaveLength(14);
    for (const one of told)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ status: 429, code: 'too_busy' });
  });
  test('unused processes end, and what they took of the memory is given back', async () => {
    const decoder = openDecoder({ ...roomy, idleMs: 50 });
    const pid = await ready(decoder);
    await until(() => decoder.processes().length === 0 && !alive(pid));
  });
  test('nothing of our environment is within its reach', async () => {
    if (process.platform !== 'linux') return;
    process.env.LASTMETRE_PLANTED = 'a password';
    const decoder = openDecoder({ ...roomy, idleMs: 2_000 });
    const pid = await ready(decoder);
    delete process.env.LASTMETRE_PLANTED;
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('a password');
  });
});

describe('at the door', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ at: '2026-03-02T04:00:00Z' });
  });
  afterAll(() => house.stop());

  async function upload(client: Client, bytes: Uint8Array, type = 'image/jpeg') {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)], { type }), 'x.jpg');
    const response = await client.fetch('POST', client.login ? '/api/files' : '/api/public/files', form);
    return { status: response.status, body: (await response.json()) as { id: string; code: string; detail: string } };
  }

  test('whose decoder was killed notices nothing, and whose picture cannot be read is told so', async () => {
    const visitor = await house.visitor();
    expect((await upload(visitor, photo)).status).toBe(200);
    for (const pid of pictures.processes()) process.kill(pid, 'SIGKILL');
    expect((await upload(visitor, photo)).status).toBe(200);
    expect(await upload(visitor, photo.subarray(0, 500))).toMatchObject({
      status: 422,
      body: { code: 'file_unreadable' },
    });
  });

  test('a device has a number of pictures a day of the group; then words still go, and tomorrow pictures again', async () => {
    const visitor = await house.visitor();
    const bytes = await small();
    // Many at once: none slips past between the looking and the counting.
    const answers = [];
    for (let i = 0; i < 4; i++)
      answers.push(...(await Promise.all(Array.from({ length: 10 }, () => upload(visitor, bytes)))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(uploadQuotas.device.files);
    const refused = await visitor.fetch('POST', '/api/public/files', formOf(bytes), { headers: { 'x-locale': 'en' } });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      code: 'upload_quota',
      detail: expect.stringContaining('30 files, 60 MB'),
      fields: [{ field: 'file', code: 'upload_quota', message: 'today’s 30 files or 60 MB are used up' }],
    });
    expect((await upload(visitor, bytes)).body.detail).toContain('今天传的文件已到上限（30 个、60 MB）');
    // Another device of the same place goes on.
    expect((await upload(await house.visitor(), bytes)).status).toBe(200);
    // 16:00 UTC is the group's midnight.
    house.clock.set('2026-03-02T15:59:00Z');
    expect((await upload(visitor, bytes)).status).toBe(429);
    house.clock.set('2026-03-02T16:01:00Z');
    expect((await upload(visitor, bytes)).status).toBe(200);
  });

  test('uploads at the last place at once: one is taken', async () => {
    const worker = await house.as('worker01');
    await upload(worker, await small());
    await house.sql(`update platform.upload_tally set files = $1 where sender like 'account:%'`, [
      uploadQuotas.account.files - 1,
    ]);
    const bytes = await small();
    const answers = await Promise.all(Array.from({ length: 6 }, () => upload(worker, bytes)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429, 429, 429, 429]);
    expect((await upload(await house.as('worker02'), bytes)).status).toBe(200);
  });

  test('bytes count as well as files, what was refused counts for nothing, and past days are swept', async () => {
    const worker = await house.as('worker03');
    await upload(worker, Buffer.from('not a picture'), 'image/png');
    const mine = `select files, bytes::int as bytes from platform.upload_tally where sender = 'account:' || (select id from access.account where login = 'worker03')`;
    expect(await house.sql(mine)).toEqual([]);
    await upload(worker, Buffer.alloc(1000, 'a'), 'text/plain');
    expect(await house.sql(mine)).toEqual([{ files: 1, bytes: 1000 }]);
    await house.sql(`update platform.upload_tally set bytes = $1 where bytes = 1000`, [
      uploadQuotas.account.bytes - 500,
    ]);
    expect(await upload(worker, Buffer.alloc(501, 'a'), 'text/plain')).toMatchObject({ status: 429 });
    expect(await upload(worker, Buffer.alloc(500, 'a'), 'text/plain')).toMatchObject({ status: 200 });
    house.clock.forward(4 * day);
    await house.timers.run('files.sweep');
    expect(await house.sql('select 1 from platform.upload_tally')).toEqual([]);
  });
});

function formOf(bytes: Uint8Array): FormData {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'x.png');
  return form;
}
