/**
 * A real SMTP server as a process of its own, started by `startMailServer`. Its manner is told by message; every mail it
 * took is told back.
 */
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { certificate, certificateKey } from './certificate.ts';

/** How it treats what comes. `greylist` says "later" to the first attempt of every mail. */
export type Manner = 'accept' | 'greylist' | 'refuse' | 'cut' | 'cut_after';

let manner: Manner = 'accept';
const seen = new Set<string>();
const noted = new Map<string, () => void>();
const options = JSON.parse(process.argv[2] ?? '{}') as { encryption?: 'tls' | 'starttls' | 'none'; password?: string };

const answer = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

const settings: SMTPServerOptions = {
  secure: options.encryption === 'tls',
  key: certificateKey,
  cert: certificate,
  disabledCommands: options.encryption === 'none' || options.encryption === undefined ? ['STARTTLS'] : [],
  authOptional: options.password === undefined,
  logger: false,
  onAuth(auth, _session, done) {
    done(auth.password === options.password ? null : answer(535, 'Authentication failed'), { user: auth.username });
  },
  onData(stream, session, done) {
    let text = '';
    stream.on('data', (part: Buffer) => {
      text += part.toString();
      // The cable is pulled while the mail is on its way.
      if (manner === 'cut') cut(session.id);
    });
    stream.on('end', () => {
      const key = /^Message-ID: <(.+)@lastmetre>/im.exec(text)?.[1] ?? '';
      if (manner === 'refuse') return done(answer(550, '5.7.1 Not wanted here'));
      if (manner === 'greylist' && !seen.has(key)) {
        seen.add(key);
        return done(answer(451, '4.7.1 Greylisted, come again'));
      }
      // Who runs the tests has it before the sender hears that it was taken.
      noted.set(key, () => {
        // Taken, but the receipt is lost: the sender cannot know.
        if (manner === 'cut_after') cut(session.id);
        else done(null);
      });
      return process.send?.({
        key,
        text,
        to: session.envelope.rcptTo.map(({ address }) => address),
        secure: session.secure,
      });
    });
  },
};

const server = new SMTPServer(settings);

function cut(id: string): void {
  for (const connection of (server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> })
    .connections)
    if (connection.id === id) connection._socket.destroy();
}

// A connection that is cut is what the tests ask for.
server.on('error', () => {});
process.on('message', (said: Manner | { noted: string }) => {
  if (typeof said === 'object') return noted.get(said.noted)?.();
  manner = said;
  process.send?.({ manner });
});
process.once('disconnect', () => process.exit());
const listener = server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (listener.address() as { port: number }).port });
});
