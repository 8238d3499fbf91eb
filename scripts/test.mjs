// `npm test`: everything that is enforced, part after part. Needs nothing but Node and npm, and no network once installed.
// `--soak` adds the long parts; `--only=types,lint` runs some parts. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24, startPostgres15 } from './soak.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const soak = process.argv.includes('--soak');
const only = process.argv
  .find((word) => word.startsWith('--only='))
  ?.slice(7)
  .split(',');
const env = {
  ...process.env,
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
  npm_config_loglevel: 'error',
};
const scratch = mkdtempSync(join(tmpdir(), 'lastmetre-tests-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const bin = (name) => {
  const { bin: bins } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  return (command = name) =>
    `node_modules/${name}/${(typeof bins === 'string' ? bins : bins[command]).replace(/^\.\//, '')}`;
};

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exit(1);
  });
}

/** Runs one program; its output is shown at once, or only when it fails. @returns exit code and output */
function run(args, { quiet = true, more = {} } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(args[0], args.slice(1), {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && args[0].endsWith('.cmd'),
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (!quiet) process.stdout.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}
const node = (...args) => run([process.execPath, ...args]);

if (!existsSync('node_modules')) {
  console.log('Installing · 正在安装依赖 …');
  const { code } = await run([process.platform === 'win32' ? 'npm.cmd' : 'npm', 'ci', '--no-audit', '--no-fund'], {
    quiet: false,
  });
  if (code !== 0) process.exit(1);
}

/** One check is one test: it holds or it does not. */
const check = (name, work) => ({
  name,
  async run() {
    const { code, output } = await work();
    if (code !== 0) process.stdout.write(`${output.trimEnd().split('\n').slice(-60).join('\n')}\n`);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
});

/**
 * A vitest project; every test counts, and a file that cannot even be loaded counts as one failed.
 * @param prepare what the part needs besides: another Node, variables, files to choose, and how to take it down again
 */
const tests = (name, project, prepare = async () => ({})) => ({
  name,
  async run() {
    const report = join(scratch, `${name.replaceAll(' ', '-')}.json`);
    let needs;
    try {
      needs = await prepare();
    } catch (error) {
      console.log(error.message);
      return { passed: 0, failed: 1 };
    }
    const { program = process.execPath, more, files = [], quiet, end } = needs;
    const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code, output } = await run(
      [program, bin('vitest')(), 'run', '--project', project, ...reporting, ...files],
      {
        quiet,
        more,
      },
    );
    await end?.();
    const result = await readFile(report, 'utf8').then(JSON.parse, () => null);
    if ((code !== 0 || !result) && quiet !== false) process.stdout.write(`${output.trimEnd()}\n`);
    if (!result) return { passed: 0, failed: 1 };
    const unloaded = result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
    ).length;
    const failed = result.numFailedTests + unloaded;
    return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  },
});

const long = { LASTMETRE_SOAK: '1' };
/** The same tests again, elsewhere or for longer. */
const longParts = [
  tests('PostgreSQL 15', 'server', async () => {
    const { url, stop } = await startPostgres15();
    return { more: { DATABASE_URL_TEST: url }, end: stop };
  }),
  tests('Node 24', 'server', async () => {
    const program = await findNode24(join(scratch, 'node24'));
    return { program, more: { PATH: `${dirname(program)}${delimiter}${process.env.PATH}` } };
  }),
  tests('every page', 'browser', async () => ({ more: long, files: ['e2e/accessibility.test.ts'] })),
  // Shown as it goes, for it takes the better part of an hour.
  tests('a thousand kills', 'crash', async () => ({ more: long, quiet: false })),
];

async function boundaries() {
  const report = await node(
    bin('dependency-cruiser')('depcruise'),
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'contract',
    'server',
    'desk',
    'phone',
  );
  let summary;
  try {
    ({ summary } = JSON.parse(report.output));
  } catch {
    return { code: 1, output: report.output };
  }
  // An empty graph breaks no rule: the run must really have seen the program.
  if (summary.totalCruised <= 100)
    return { code: 1, output: `Only ${summary.totalCruised} modules were seen; the boundaries were not checked.` };
  return {
    code: summary.error > 0 ? 1 : 0,
    output: summary.violations.map((one) => `${one.rule.name}: ${one.from} → ${one.to}`).join('\n'),
  };
}

const tsc = (...args) => node(bin('typescript')('tsc'), '--noEmit', ...args);
const tsx = (...args) => node(bin('tsx')(), ...args);

/** Independent of each other and of one core each: two at a time. */
const checks = [
  check('build', () => node('scripts/build.mjs')),
  check('types', () => tsc('-p', '.')),
  check('types of the phone', () => tsc('-p', 'phone')),
  check('lint', () => node(bin('@biomejs/biome')('biome'), 'check', '--error-on-warnings', '.')),
  check('boundaries', boundaries),
  check('drift of tables', () => tsx('scripts/generate.ts', '--check')),
  check('drift of permissions', () => tsx('scripts/permissions.ts', '--check')),
  check('nothing unused', () => node(bin('knip')())),
];
/** Each takes both cores for itself. */
const suites = [
  tests('rules, database and HTTP', 'server'),
  tests('pages', 'pages'),
  tests('browser', 'browser'),
  tests('crash', 'crash'),
  ...(soak ? longParts : []),
];

const total = { passed: 0, failed: 0 };

async function runAll(parts, atOnce) {
  const waiting = parts.filter(({ name }) => !only || only.some((word) => name.startsWith(word)));
  const lane = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const from = Date.now();
      const { passed, failed } = await part.run();
      total.passed += passed;
      total.failed += failed;
      console.log(
        `${failed === 0 ? '✓' : '✗'} ${part.name.padEnd(26)} ${String(passed).padStart(5)} passed ${failed > 0 ? `${failed} failed ` : ''}${((Date.now() - from) / 1000).toFixed(1).padStart(7)} s`,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

await runAll(checks, 2);
await runAll(suites, 1);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
