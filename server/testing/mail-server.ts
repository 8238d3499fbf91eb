import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { rootFolder } from './database.ts';
import type { Manner } from './mail-process.ts';

export interface Mail {
  /** Key of the delivery, from its Message-ID. */
  key: string;
  /** As it came over the line: headers and encoded body. */
  text: string;
  to: string[];
  secure: boolean;
}

export interface MailServer {
  port: number;
  mails: Mail[];
  behave(manner: Manner): Promise<void>;
  stop(): Promise<void>;
}

/** The words of a mail, whatever its encoding. */
export function wordsOf({ text }: Mail): string {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const subject = (/^Subject: ((?:.|\r\n[ \t])*)/im.exec(head)?.[1] ?? '')
    .replace(/\r\n[ \t]/g, '')
    .replace(/\?=\s*=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, part: string) => Buffer.from(part, 'base64').toString())
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, part: string) => quoted(part.replaceAll('_', ' ')));
  const plain = /base64/i.test(head) ? Buffer.from(body, 'base64').toString() : quoted(body.replace(/=\r\n/g, ''));
  return `${subject}\n${plain}`;
}

const quoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();

/** Starts an SMTP server in a process of its own. */
export async function startMailServer(
  options: { encryption?: 'tls' | 'starttls' | 'none'; password?: string } = {},
): Promise<MailServer> {
  const child = fork(join(rootFolder, 'server', 'testing', 'mail-process.ts'), [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx'],
  });
  const mails: Mail[] = [];
  child.on('message', (told: Mail | object) => {
    if (!('key' in told)) return;
    mails.push(told);
    child.send({ noted: told.key });
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    mails,
    async behave(manner) {
      const heard = new Promise<void>((resolve) => {
        const listen = (told: object): void => {
          if (!('manner' in told)) return;
          child.off('message', listen);
          resolve();
        };
        child.on('message', listen);
      });
      child.send(manner);
      await heard;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
