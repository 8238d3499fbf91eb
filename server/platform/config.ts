import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Everything the environment may decide. Nothing else in the program reads `process.env`. */
export interface Config {
  host: string;
  port: number;
  /** A PostgreSQL of one's own; the embedded one is used when absent. */
  databaseUrl: string | null;
  /** Keys, files, anchors and the embedded database live here. */
  dataFolder: string;
  /** Public address for QR codes, e.g. https://help.example.com; the listening address when absent. */
  publicUrl: string | null;
  /** Built desk and phone. */
  distFolder: string;
  /** The checkout: migrations and the demo world are read from here. */
  rootFolder: string;
  secureCookies: boolean;
  /** The group's mail server, where it is not set up on the desk: smtps:// or smtp:// (STARTTLS) with user and password. */
  mail?: { url: string; from: string } | null;
  /** `organization` loads the demo group without its 135 days of requests. */
  demo?: 'story' | 'organization';
}

/** What a process we start may know of ours: where programs lie, and none of our keys, tokens and addresses. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, ...(SystemRoot && { SystemRoot }), ...(TEMP && { TEMP }) };
}

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json not found above the program: run it from its own folder');
    folder = parent;
  }
  return folder;
}

function mailOf(env: NodeJS.ProcessEnv): Config['mail'] {
  const { LASTMETRE_SMTP: url, LASTMETRE_SMTP_FROM: from } = env;
  if (!url) return null;
  // The address may hold a password: it is named, not repeated.
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    throw new Error('LASTMETRE_SMTP must be smtps://user:password@host:port or smtp://…');
  if (!from?.includes('@')) throw new Error('LASTMETRE_SMTP_FROM must be the address mail is sent from');
  return { url, from };
}

/** @throws when PORT is not a port, naming the variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const rootFolder = findRoot();
  const port = Number(env.PORT ?? 4600);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`PORT must be a number from 0 to 65535, not "${env.PORT}"`);
  const publicUrl = env.LASTMETRE_URL?.replace(/\/+$/, '') || null;
  return {
    host: env.HOST || '127.0.0.1',
    port,
    databaseUrl: env.DATABASE_URL || null,
    dataFolder: env.LASTMETRE_DATA || join(rootFolder, 'data'),
    publicUrl,
    distFolder: join(rootFolder, 'dist'),
    rootFolder,
    secureCookies: publicUrl?.startsWith('https://') ?? false,
    mail: mailOf(env),
    demo: env.LASTMETRE_DEMO === 'organization' ? 'organization' : 'story',
  };
}
