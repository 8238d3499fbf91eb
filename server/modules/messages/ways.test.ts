import { createHmac } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelKind, ChannelSettings } from '../../../contract/messages.ts';
import { certificate } from '../../testing/certificate.ts';
import { type Answer, type Gateway, type Posted, startGateway } from '../../testing/gateway.ts';
import { type MailServer, startMailServer, wordsOf } from '../../testing/mail-server.ts';
import { emailWithin } from './ways/email.ts';
import { ways } from './ways/index.ts';
import type { Letter, Outcome, Secrets } from './ways/way.ts';

const letter: Letter = {
  key: '0197a000-0000-7000-8000-00000000000a',
  subject: '【最后一米】测试',
  text: '【最后一米】督办 RW-0001 已逾期 "引号" \\ 反斜线\n第二行',
  to: 'lead@example.com',
  at: new Date('2026-03-01T02:03:04.567Z'),
};
const send = (
  kind: ChannelKind,
  settings: ChannelSettings,
  secrets: Secrets,
  what: Letter = letter,
): Promise<Outcome> => ways[kind]({ kind, settings, secrets }, what);

describe('mail goes out by SMTP', () => {
  let plain: MailServer;
  let tls: MailServer;
  let upgrading: MailServer;
  beforeAll(async () => {
    [plain, tls, upgrading] = await Promise.all([
      startMailServer(),
      startMailServer({ encryption: 'tls', password: 'right horse' }),
      startMailServer({ encryption: 'starttls' }),
    ]);
  });
  afterAll(() => Promise.all([plain.stop(), tls.stop(), upgrading.stop()]));
  beforeEach(() => plain.behave('accept'));
  const to = (server: MailServer, more: ChannelSettings = {}): ChannelSettings => ({
    host: '127.0.0.1',
    port: server.port,
    from: 'desk@example.com',
    encryption: 'none',
    ...more,
  });

  test('in Chinese, with the key of its delivery, as an automatic mail', async () => {
    expect(await send('email', to(plain), {})).toMatchObject({ sent: true });
    const mail = plain.mails.at(-1)!;
    expect(mail).toMatchObject({ key: letter.key, to: ['lead@example.com'] });
    expect(mail.text).toMatch(/Auto-Submitted: auto-generated/i);
    expect(wordsOf(mail)).toContain('督办 RW-0001 已逾期');
    expect(wordsOf(mail)).toContain('【最后一米】测试');
  });

  test('greylisted: later, then taken', async () => {
    await plain.behave('greylist');
    expect(await send('email', to(plain), {})).toMatchObject({ sent: false, again: true, reason: 'later' });
    expect(await send('email', to(plain), {})).toMatchObject({ sent: true });
  });

  test('refused with 5xx: never again', async () => {
    await plain.behave('refuse');
    expect(await send('email', to(plain), {})).toMatchObject({ sent: false, again: false, reason: 'refused' });
  });

  test('the connection breaks in the middle: again', async () => {
    await plain.behave('cut');
    expect(await send('email', to(plain), {})).toMatchObject({ sent: false, again: true, reason: 'not_reached' });
  });

  test('nobody answers: again', async () => {
    expect(await send('email', { ...to(plain), port: 1 }, {})).toMatchObject({ again: true, reason: 'not_reached' });
  });

  describe('a slow server is left, and the mail tried again', () => {
    /** Answers line by line as told; what nothing is told for stays without an answer. */
    async function slowServer(greets: boolean): Promise<{ port: number; stop(): Promise<void> }> {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        if (greets) socket.write('220 slow.example.com\r\n');
        // Takes sender and receiver, and then says nothing to the mail itself.
        socket.on('data', (line) => {
          if (greets && /^(EHLO|MAIL|RCPT)/i.test(line.toString())) socket.write('250 ok\r\n');
        });
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      return {
        port: (server.address() as AddressInfo).port,
        async stop() {
          for (const socket of sockets) socket.destroy();
          await new Promise((closed) => server.close(closed));
        },
      };
    }

    test.each([
      ['that never greets', false],
      ['that falls silent in the middle', true],
    ])('one %s', async (_, greets) => {
      const slow = await slowServer(greets);
      const impatient = emailWithin({ connection: 2_000, greeting: 400, silence: 400 });
      const settings = { ...to(plain), port: slow.port };
      const began = Date.now();
      expect(await impatient({ kind: 'email', settings, secrets: {} }, letter)).toMatchObject({
        sent: false,
        again: true,
        reason: 'timed_out',
      });
      expect(Date.now() - began).toBeLessThan(5_000);
      await slow.stop();
    });
  });

  test('encrypted from the first byte, signed in; a wrong password is told', async () => {
    const settings = to(tls, { encryption: 'tls', user: 'desk', ca: certificate });
    expect(await send('email', settings, { password: 'right horse' })).toMatchObject({ sent: true });
    expect(tls.mails.at(-1)).toMatchObject({ secure: true });
    const wrong = await send('email', settings, { password: 'wrong horse' });
    expect(wrong).toMatchObject({ sent: false, reason: 'sign_in_refused' });
    expect(JSON.stringify(wrong)).not.toContain('horse');
  });

  test('STARTTLS, or nothing: a server without it gets no mail', async () => {
    expect(await send('email', to(upgrading, { encryption: 'starttls', ca: certificate }), {})).toMatchObject({
      sent: true,
    });
    expect(upgrading.mails.at(-1)).toMatchObject({ secure: true });
    const before = plain.mails.length;
    expect(await send('email', to(plain, { encryption: 'starttls' }), {})).toMatchObject({ sent: false, again: true });
    expect(plain.mails).toHaveLength(before);
  });

  test('a certificate nobody vouches for gets no mail', async () => {
    const before = upgrading.mails.length;
    expect(await send('email', to(upgrading, { encryption: 'starttls' }), {})).toMatchObject({ sent: false });
    expect(upgrading.mails).toHaveLength(before);
  });
});

describe('group chats and the SMS gateway', () => {
  let gateway: Gateway;
  let usual: (post: Posted) => Answer = () => ({ body: '{"errcode":0,"errmsg":"ok"}' });
  beforeAll(async () => {
    gateway = await startGateway((post) => usual(post));
  });
  afterAll(() => gateway.stop());
  const inside: ChannelSettings = { allowPrivate: true };
  const last = (): Posted => gateway.posted.at(-1)!;

  test('WeCom: text, key in the address; too fast waits a minute, a wrong key is final', async () => {
    const secrets = { url: `${gateway.url}/cgi-bin/webhook/send?key=k` };
    expect(await send('wecom', inside, secrets)).toMatchObject({ sent: true });
    expect(JSON.parse(last().body)).toEqual({ msgtype: 'text', text: { content: letter.text } });
    expect(last().path).toBe('/cgi-bin/webhook/send?key=k');
    gateway.answer({ body: '{"errcode":45009,"errmsg":"api freq out of limit"}' });
    expect(await send('wecom', inside, secrets)).toMatchObject({ again: true, reason: 'too_fast', waitMs: 60_000 });
    gateway.answer({ body: '{"errcode":93000,"errmsg":"invalid webhook url"}' });
    expect(await send('wecom', inside, secrets)).toMatchObject({ again: false, reason: 'wrong_secret' });
  });

  test('DingTalk: signed in the address as its page says; a wrong signature is final', async () => {
    const key = 'SECabc';
    usual = ({ path }) => {
      const query = new URL(path, gateway.url).searchParams;
      const timestamp = query.get('timestamp')!;
      const right = createHmac('sha256', key).update(`${timestamp}\n${key}`).digest('base64');
      return query.get('sign') === right
        ? { body: '{"errcode":0,"errmsg":"ok"}' }
        : { body: '{"errcode":310000,"errmsg":"sign not match"}' };
    };
    const url = `${gateway.url}/robot/send?access_token=t`;
    expect(await send('dingtalk', inside, { url, signingKey: key })).toMatchObject({ sent: true });
    const query = new URL(last().path, gateway.url).searchParams;
    expect(query.get('access_token')).toBe('t');
    expect(query.get('timestamp')).toBe(String(letter.at.getTime()));
    expect(await send('dingtalk', inside, { url, signingKey: 'SECxyz' })).toMatchObject({
      again: false,
      reason: 'wrong_secret',
    });
    gateway.answer({ body: '{"errcode":130101,"errmsg":"send too fast"}' });
    expect(await send('dingtalk', inside, { url, signingKey: key })).toMatchObject({ again: true, reason: 'too_fast' });
  });

  test('Feishu: signed in the body as its page says; a wrong signature is final', async () => {
    const key = 'feishu key';
    usual = ({ body }) => {
      const { timestamp, sign } = JSON.parse(body) as { timestamp: string; sign: string };
      const right = createHmac('sha256', `${timestamp}\n${key}`).update('').digest('base64');
      return {
        body: sign === right ? '{"code":0,"msg":"success","data":{}}' : '{"code":19021,"msg":"sign match fail"}',
      };
    };
    const url = `${gateway.url}/open-apis/bot/v2/hook/x`;
    expect(await send('feishu', inside, { url, signingKey: key })).toMatchObject({ sent: true });
    expect(JSON.parse(last().body)).toMatchObject({
      msg_type: 'text',
      content: { text: letter.text },
      timestamp: '1772330584',
    });
    expect(await send('feishu', inside, { url, signingKey: 'other' })).toMatchObject({ reason: 'wrong_secret' });
    gateway.answer({ body: '{"code":11232,"msg":"frequency limited psm"}' });
    expect(await send('feishu', inside, { url, signingKey: key })).toMatchObject({ again: true, reason: 'too_fast' });
    gateway.answer({ body: '{"StatusCode":0,"StatusMessage":"success"}' });
    expect(await send('feishu', inside, { url, signingKey: key })).toMatchObject({ sent: true });
  });

  test('SMS: the template filled in safely, signed, with the key of its delivery', async () => {
    usual = () => ({ body: '{"result":"OK"}' });
    const settings: ChannelSettings = {
      ...inside,
      bodyKind: 'json',
      bodyTemplate: '{"mobile":"{to}","content":"{text}","id":"{id}"}',
      acceptedWhen: '"OK"',
    };
    const secrets = { url: `${gateway.url}/sms`, signingKey: 'sms key' };
    expect(await send('sms', settings, secrets, { ...letter, to: '13800000001' })).toMatchObject({ sent: true });
    expect(JSON.parse(last().body)).toEqual({ mobile: '13800000001', content: letter.text, id: letter.key });
    expect(last().headers['idempotency-key']).toBe(letter.key);
    const timestamp = last().headers['x-timestamp'] as string;
    expect(last().headers['x-signature']).toBe(
      createHmac('sha256', 'sms key').update(`${timestamp}\n${last().body}`).digest('hex'),
    );
    gateway.answer({ body: '{"result":"NO BALANCE for 13800000001"}' });
    const refused = await send('sms', settings, secrets, { ...letter, to: '13800000001' });
    expect(refused).toMatchObject({ sent: false, again: false, reason: 'refused' });
    expect(JSON.stringify(refused)).not.toContain('13800000001');
    await send('sms', { ...settings, bodyKind: 'form', bodyTemplate: 'm={to}&t={text}' }, secrets, {
      ...letter,
      to: '+8613800000001',
    });
    expect(new URLSearchParams(last().body).get('t')).toBe(letter.text);
    expect(new URLSearchParams(last().body).get('m')).toBe('+8613800000001');
  });

  test('limits are respected: 429 with Retry-After, 5xx, other 4xx', async () => {
    const secrets = { url: `${gateway.url}/x` };
    gateway.answer({ status: 429, headers: { 'retry-after': '120' } });
    expect(await send('wecom', inside, secrets)).toMatchObject({ again: true, reason: 'too_fast', waitMs: 120_000 });
    gateway.answer({ status: 503 });
    expect(await send('wecom', inside, secrets)).toMatchObject({ again: true, reason: 'later' });
    gateway.answer({ status: 403 });
    expect(await send('wecom', inside, secrets)).toMatchObject({ again: false, reason: 'refused' });
  });

  test('a redirect is not followed', async () => {
    gateway.answer({ status: 302, headers: { location: `${gateway.url}/elsewhere` } });
    expect(await send('wecom', inside, { url: `${gateway.url}/x` })).toMatchObject({ sent: false, again: false });
    expect(last().path).toBe('/x');
  });

  test('an address inside the network is refused unless it was allowed, and nothing is sent there', async () => {
    const before = gateway.posted.length;
    for (const url of [
      gateway.url,
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://169.254.169.254/latest',
    ])
      expect(await send('wecom', {}, { url })).toMatchObject({ sent: false, again: false, reason: 'address_refused' });
    expect(gateway.posted).toHaveLength(before);
  });

  test('a name that leads inside the network is refused at the call', async () => {
    expect(await send('wecom', {}, { url: 'https://localhost.localdomain:1/' })).toMatchObject({ sent: false });
    expect(await send('wecom', {}, { url: 'https://localhost:1/' })).toMatchObject({ reason: 'address_refused' });
  });
});
