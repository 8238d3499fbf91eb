import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Client, day, type House, newCode, openHouse } from '../../testing/program.ts';

let house: House;
let photo: Buffer;
beforeAll(async () => {
  house = await openHouse();
  photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#2a5' } })
    .withExif({
      IFD0: { Make: 'SecretPhone', Artist: '王小明' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 29/1 0/1' },
    })
    .jpeg()
    .toBuffer();
});
afterAll(() => house.stop());

async function upload(
  client: Client,
  bytes: Uint8Array,
  type: string,
  name = 'x.jpg',
  door = client.login ? '/api/files' : '/api/public/files',
) {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await client.fetch('POST', door, form);
  return {
    status: response.status,
    body: (await response.json()) as { id: string; code?: string; kind?: string; name?: string },
  };
}
const ask = (client: Client, fileIds: string[], more: object = {}) => {
  const body = {
    id: randomUUID(),
    queryCode: newCode(),
    categoryId: house.category('A02'),
    siteId: house.site('U04-01'),
    text: '板房停水。',
    confidentiality: 'open' as const,
    fileIds,
    ...more,
  };
  return client
    .try(client.login ? api.requests.create : api.requests.createPublic, body)
    .then((reply) => ({ ...reply, sent: body }));
};
const stored = async (): Promise<Buffer[]> =>
  Promise.all(
    (await readdir(join(house.dataFolder, 'files'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name))),
  );

/** A PNG that says it is this large and holds next to nothing. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body) >>> 0);
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('pictures (rules 7)', () => {
  test('are re-encoded: place, device and names in the picture are gone', async () => {
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const visitor = await house.visitor();
    const { status, body } = await upload(visitor, photo, 'image/jpeg', 'Wang Xiaoming.jpg');
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'picture', name: 'picture.jpg' });
    const files = await stored();
    expect(files).toHaveLength(1);
    expect((await sharp(files[0]!).metadata()).exif).toBeUndefined();
    for (const words of ['SecretPhone', '王小明', 'GPS']) expect(files[0]!.includes(words)).toBe(false);
  });
  test('a pixel bomb is refused, and quickly', async () => {
    const from = Date.now();
    const { status } = await upload(await house.visitor(), bomb(30_000, 30_000), 'image/png', 'x.png');
    expect(status).toBe(422);
    expect(Date.now() - from).toBeLessThan(3_000);
  });
  test('what only calls itself a picture is refused', async () => {
    const visitor = await house.visitor();
    const html = Buffer.from('<html><script>alert(1)</script></html>');
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/passwd" width="10" height="10"/></svg>',
    );
    for (const [bytes, type] of [
      [html, 'text/html'],
      [html, 'image/png'],
      [svg, 'image/svg+xml'],
      [svg, 'image/png'],
      [Buffer.from('%PDF-1.4'), 'application/pdf'],
      [Buffer.from('GIF89a'), 'image/gif'],
      [Buffer.from('MZ'), 'application/octet-stream'],
    ] as const) {
      const { status, body } = await upload(visitor, bytes, type, 'x');
      expect([415, 422], `${type} ${body.code}`).toContain(status);
    }
  });
  test('an svg is refused for staff too where it calls itself a picture', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>',
    );
    for (const type of ['image/svg+xml', 'image/png'])
      expect([415, 422]).toContain((await upload(await house.as('worker01'), svg, type)).status);
  });
  test('more than 8 MB is refused', async () => {
    const noise = await sharp({
      create: {
        width: 2000,
        height: 1500,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect(noise.length).toBeGreaterThan(8 * 1024 * 1024);
    expect((await upload(await house.visitor(), noise, 'image/png')).status).toBe(413);
    expect((await upload(await house.visitor(), Buffer.alloc(21 * 1024 * 1024), 'image/png')).status).toBe(413);
  });
  test('three to a request, and each to one request only', async () => {
    const visitor = await house.visitor();
    const files = await Promise.all([1, 2, 3, 4].map(async () => (await upload(visitor, photo, 'image/jpeg')).body.id));
    expect(await ask(visitor, files)).toMatchObject({ status: 422, code: 'bad_input' });
    expect((await ask(visitor, files.slice(0, 3))).status).toBe(200);
    expect(await ask(visitor, files.slice(2, 3))).toMatchObject({ status: 422, code: 'file_gone' });
    expect((await ask(visitor, [randomUUID()])).code).toBe('file_gone');
  });
  test('what one person uploaded no other can put into their own request', async () => {
    const { body } = await upload(await house.as('worker01'), photo, 'image/jpeg');
    expect((await ask(await house.as('worker02'), [body.id])).code).toBe('file_gone');
    expect((await ask(await house.visitor(), [body.id])).code).toBe('file_gone');
    expect((await ask(await house.as('worker01'), [body.id])).status).toBe(200);
  });
  test('a request whose picture was refused is not created without it', async () => {
    const { sent, status } = await ask(await house.visitor(), [randomUUID()]);
    expect(status).toBe(422);
    expect(await house.sql('select 1 from requests.request where id = $1', [sent.id])).toEqual([]);
    expect(await house.sql('select 1 from journal.entry where record_id = $1', [sent.id])).toEqual([]);
  });
});

describe('documents need an account', () => {
  test('and are served as a download that can do nothing', async () => {
    const { caseId, id } = await house.given.request({ until: 'accepted' });
    const handler = await house.as('ho-l11');
    const { body, status } = await upload(
      handler,
      Buffer.from('<html><script>alert(1)</script></html>'),
      'text/html',
      'evil".html',
    );
    expect(status).toBe(200);
    await handler.do(api.cases.handled, {
      id: caseId,
      solution: 'solved',
      text: '水泵换好，试过有水。',
      fileIds: [body.id],
    });
    const response = await handler.fetch('GET', `/api/requests/${id}/files/${body.id}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-type')).not.toContain('html');
  });
  test('signed in, but through the public door, one is a visitor', async () => {
    expect(
      (await upload(await house.as('worker01'), Buffer.from('a,b'), 'text/csv', 'x.csv', '/api/public/files')).status,
    ).toBe(415);
  });
  test('a visitor does not get in by the staff door', async () => {
    const visitor = await house.visitor();
    expect((await upload(visitor, photo, 'image/jpeg', 'x.jpg', '/api/files')).status).toBe(401);
    const program = await house.given.token(['requests:create']);
    expect([401, 403]).toContain((await upload(program, photo, 'image/jpeg', 'x.jpg', '/api/files')).status);
  });
});

describe('files are addressed through their record', () => {
  test('a file of another record is 404, also for who may read both; no hash leaves the server', async () => {
    const worker = await house.as('worker01');
    const { body } = await upload(worker, photo, 'image/jpeg');
    const mine = await ask(worker, [body.id]);
    const other = await house.given.request();
    const get = (id: string, file: string, client = worker) => client.fetch('GET', `/api/requests/${id}/files/${file}`);
    const served = await get(mine.sent.id, body.id);
    expect(served.status).toBe(200);
    expect(served.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(served.headers.get('cache-control')).toContain('no-store');
    expect((await get(other.id, body.id)).status).toBe(404);
    expect((await get(mine.sent.id, randomUUID())).status).toBe(404);
    expect((await get(mine.sent.id, '../../keys/master.key')).status).toBe(404);
    expect((await get(mine.sent.id, body.id, await house.as('worker02'))).status).toBe(404);
    expect((await get(mine.sent.id, body.id, await house.visitor())).status).toBe(404);
    const [row] = await house.sql<{ hash: string }>(
      `select encode(sha256, 'hex') as hash from platform.file where id = $1`,
      [body.id],
    );
    expect(JSON.stringify(await worker.do(api.requests.thread, { id: mine.sent.id }))).not.toContain(row!.hash);
  });
  test('a visitor gets theirs by number and code, and no other', async () => {
    const visitor = await house.visitor();
    const { body } = await upload(visitor, photo, 'image/jpeg');
    const asked = await ask(visitor, [body.id]);
    const door = (number: string, code: string, fileId: string) =>
      visitor.fetch('POST', '/api/public/requests/file', { number, code, fileId });
    expect((await door(asked.body.number, asked.sent.queryCode, body.id)).status).toBe(200);
    expect((await door(asked.body.number, newCode(), body.id)).status).toBe(404);
    const other = await house.given.request();
    expect((await door(other.number, other.code, body.id)).status).toBe(404);
    expect((await door(asked.body.number, asked.sent.queryCode, 'x')).status).toBe(404);
  });
  test('what no request took within a day is swept, also from the disk', async () => {
    const before = (await stored()).length;
    const fresh = await sharp({ create: { width: 11, height: 13, channels: 3, background: '#777' } })
      .png()
      .toBuffer();
    await upload(await house.visitor(), fresh, 'image/png');
    expect(await stored()).toHaveLength(before + 1);
    house.clock.forward(day + 60_000);
    await house.timers.run('files.sweep');
    expect(await stored()).toHaveLength(before);
    expect(await house.sql('select 1 from platform.file where record_id is null')).toEqual([]);
  });
});
