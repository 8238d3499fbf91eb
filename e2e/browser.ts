/**
 * A real Chromium for tests and pictures, from npm alone: no system package, no download at run time.
 *
 * The binary and its shared libraries come from `@sparticuz/chromium`, Chinese glyphs from `@fontsource/noto-sans-sc`.
 * Both are unpacked once into node_modules/.cache/lastmetre. The fonts are made visible through fontconfig, not through
 * CSS, so pages are tested with the Content-Security-Policy and the style sheets they ship with.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress, inflateSync } from 'node:zlib';
import axeCore from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export type { Browser, Page };

export interface PageOptions {
  viewport: 'desk' | 'phone';
  /** zh-CN unless told. */
  locale?: 'zh-CN' | 'en';
  /** Where the product listens, e.g. http://127.0.0.1:4321; `page.goto('/path')` is relative to it. */
  origin: string;
  /** Chromium permission names granted to the origin: 'geolocation', 'notifications', 'clipboard-read', 'camera' … */
  permissions?: string[];
  geolocation?: { latitude: number; longitude: number };
  /** Start without a network; switch later with `page.context().setOffline()`. */
  offline?: boolean;
  /** A session saved by `context.storageState()`, so that a test need not sign in again. */
  storageState?: BrowserContextOptions['storageState'];
}

export interface Violation {
  id: string;
  impact: string;
  help: string;
  nodes: { target: string; html: string; summary: string }[];
}

const cacheFolder = resolve(fileURLToPath(import.meta.url), '../../node_modules/.cache/lastmetre');
const { resolve: packageFile } = createRequire(import.meta.url);

const systemBrowsers = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

// The package's own `args` are for AWS Lambda: they switch off the same-origin policy and put everything into one
// process, which would hide the very faults a browser test looks for. These are what a root container needs.
const launchArguments = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--no-zygote',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--font-render-hinting=none',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--disable-quic',
  // A page that reaches for the outside world fails here as it would behind the group's wall.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
];

// One browser per process: starting it costs more than a whole page of assertions.
let shared: Promise<Browser> | undefined;

/** The browser of this process; started at the first call and again if it has died. */
export async function openBrowser(): Promise<Browser> {
  const running = await shared?.catch(() => undefined);
  if (!running?.isConnected()) shared = launch();
  return shared!;
}

export async function closeBrowser(): Promise<void> {
  const running = await shared?.catch(() => undefined);
  shared = undefined;
  await running?.close();
}

/** A page in a fresh context of its own; `page.context().close()` ends both. */
export async function newPage(browser: Browser, options: PageOptions): Promise<Page> {
  const major = browser.version().split('.')[0];
  const phone = options.viewport === 'phone';
  const context = await browser.newContext({
    baseURL: options.origin,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    locale: options.locale ?? 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    offline: options.offline ?? false,
    ...(options.storageState ? { storageState: options.storageState } : {}),
    ...(options.geolocation ? { geolocation: options.geolocation } : {}),
    ...(phone
      ? {
          isMobile: true,
          hasTouch: true,
          deviceScaleFactor: 2,
          userAgent: `Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Mobile Safari/537.36`,
        }
      : {}),
  });
  if (options.permissions?.length) await context.grantPermissions(options.permissions, { origin: options.origin });
  return context.newPage();
}

/** A PNG of what is on the screen, or of the whole page. Fonts are in, animations at their end, no caret. */
export async function screenshot(page: Page, path: string, options: { fullPage?: boolean } = {}): Promise<void> {
  await mkdir(dirname(resolve(path)), { recursive: true });
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  await page.screenshot({ path, animations: 'disabled', caret: 'hide', fullPage: options.fullPage ?? false });
}

/** WCAG 2.2 level A and AA, as far as a machine can tell; an empty list is a pass. */
export async function axe(page: Page): Promise<Violation[]> {
  // Once into each document, past the page's policy as a debugger may. The builder for Playwright puts it in every time
  // and opens a second page to sum up several frames; pages here have one, and a look costs a third of that.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    return (await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations;
  });
  return violations.map((violation) => ({
    id: violation.id,
    impact: violation.impact ?? 'unknown',
    help: violation.help,
    nodes: violation.nodes.map((node) => ({
      target: node.target.flat().join(' '),
      html: node.html,
      summary: node.failureSummary ?? '',
    })),
  }));
}

async function launch(): Promise<Browser> {
  const fontsReady = fontFolder();
  const system = systemBrowsers.find((path) => path && existsSync(path));
  const executablePath = system ?? (await unpackedChromium());
  const libraries = system ? undefined : await missingLibraries(executablePath);
  return chromium.launch({
    executablePath,
    args: launchArguments,
    env: {
      ...definedEnvironment(),
      FONTCONFIG_FILE: join(await fontsReady, 'fonts.conf'),
      ...(libraries
        ? { LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
        : undefined),
    },
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] != null));
}

// The binary is left in this project's cache, not in /tmp/chromium as the package does it: anybody can put a file there.
async function unpackedChromium(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found: install one or set CHROMIUM_PATH (the npm one is for Linux on x64 only).');
  }
  const folder = await prepareOnce(`chromium-${await versionIn(chromiumFolder())}`, async (target) => {
    const binary = await promisify(brotliDecompress)(await readFile(join(chromiumFolder(), 'bin/chromium.br')));
    await writeFile(join(target, 'chromium'), binary, { mode: 0o755 });
  });
  return join(folder, 'chromium');
}

async function missingLibraries(executable: string): Promise<string | undefined> {
  // 127 is the dynamic loader's answer when libnss3, libnspr4 or libexpat is not installed.
  if (spawnSync(executable, ['--version'], { stdio: 'ignore' }).status === 0) return undefined;
  const folder = await prepareOnce(`libraries-${await versionIn(chromiumFolder())}`, async (target) => {
    const archive = await promisify(brotliDecompress)(await readFile(join(chromiumFolder(), 'bin/al2023.tar.br')));
    await unpackTar(archive, target);
  });
  return join(folder, 'lib');
}

/**
 * Chromium reads neither WOFF nor WOFF2 through fontconfig (tried), only as web fonts. A WOFF 1 is a TrueType file with
 * its tables deflated one by one, so the font is put together again here. All subsets are needed: the single file
 * called "chinese-simplified" lacks a thousand characters of GB 2312 and every arrow and tick.
 */
async function fontFolder(): Promise<string> {
  const source = dirname(packageFile('@fontsource/noto-sans-sc/package.json'));
  return prepareOnce(`fonts-${await versionIn(source)}`, async (target, finalFolder) => {
    await mkdir(join(target, 'fonts'));
    await mkdir(join(target, 'cache'));
    const wanted = /^noto-sans-sc-(\d+|latin|latin-ext|chinese-simplified)-(400|600|700)-normal\.woff$/;
    for (const file of await readdir(join(source, 'files'))) {
      if (!wanted.test(file)) continue;
      const font = trueTypeFromWoff(await readFile(join(source, 'files', file)));
      await writeFile(join(target, 'fonts', file.replace(/\.woff$/, '.ttf')), font);
    }
    await writeFile(join(target, 'fonts.conf'), fontConfiguration(finalFolder));
  });
}

function fontConfiguration(folder: string): string {
  // The files call themselves "Noto Sans SC Thin" whatever their weight. Generic families, and the two Chromium falls back to, point to them first, so that
  // pictures are alike on every machine whatever else it has installed.
  const generic = ['sans-serif', 'system-ui', 'serif', 'Arial', 'Times New Roman', 'monospace'].map(
    (family) =>
      `<alias binding="same"><family>${family}</family><prefer>${
        family === 'monospace' ? '<family>DejaVu Sans Mono</family>' : ''
      }<family>Noto Sans SC</family></prefer></alias>`,
  );
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${folder}/fonts</dir>
<dir>/usr/share/fonts</dir>
<cachedir>${folder}/cache</cachedir>
<match target="scan"><test name="family"><string>Noto Sans SC Thin</string></test><edit name="family" mode="assign"><string>Noto Sans SC</string></edit></match>
${generic.join('\n')}
</fontconfig>
`;
}

function trueTypeFromWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const directory = Buffer.alloc(12 + 16 * count);
  const power = Math.floor(Math.log2(count));
  directory.writeUInt32BE(woff.readUInt32BE(4), 0);
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(2 ** power * 16, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE((count - 2 ** power) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (let index = 0; index < count; index++) {
    const entry = 44 + 20 * index;
    const [start, packed, length, checksum] = [4, 8, 12, 16].map((at) => woff.readUInt32BE(entry + at)) as [
      number,
      number,
      number,
      number,
    ];
    const raw = woff.subarray(start, start + packed);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    const at = 12 + 16 * index;
    woff.copy(directory, at, entry, entry + 4);
    directory.writeUInt32BE(checksum, at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(length, at + 12);
    parts.push(packed < length ? inflateSync(raw) : raw, padding);
    offset += length + padding.length;
  }
  return Buffer.concat(parts);
}

/** Plain files of a ustar archive with short names, which is all the package's archives hold. */
async function unpackTar(archive: Buffer, target: string): Promise<void> {
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const text = (from: number, length: number) =>
      archive.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const path = resolve(target, text(0, 100));
    const type = text(156, 1);
    if ((type === '0' || type === '') && path.startsWith(target + sep)) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, archive.subarray(at + 512, at + 512 + size), { mode: Number.parseInt(text(100, 8), 8) });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Several test processes may come first at once: each fills a folder of its own and the first rename wins. */
async function prepareOnce(
  name: string,
  fill: (folder: string, finalFolder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  try {
    await fill(draft, folder);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function versionIn(packageFolder: string): Promise<string> {
  return (JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version;
}

// This package does not let its package.json be resolved, so its folder is found from its main file, build/cjs/index.cjs.
function chromiumFolder(): string {
  return resolve(packageFile('@sparticuz/chromium'), '../../..');
}
