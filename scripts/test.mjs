// `npm test`: everything that is enforced, part after part. Needs nothing but Node and npm, and no network once installed.
// `--soak` runs the long versions; `--only=types,lint` runs some parts. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const soak = process.argv.includes('--soak');
const only = process.argv
  .find((word) => word.startsWith('--only='))
  ?.slice(7)
  .split(',');
const env = {
  ...process.env,
  ...(soak ? { LASTMETRE_SOAK: '1' } : {}),
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

let running;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    running?.kill(signal);
    process.exit(1);
  });
}

/** Runs one program; its output is shown at once, or only when it fails. @returns exit code and output */
function run(args, { quiet = true } = {}) {
  return new Promise((resolve) => {
    let output = '';
    running = spawn(args[0], args.slice(1), {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && args[0].endsWith('.cmd'),
    });
    for (const stream of [running.stdout, running.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (!quiet) process.stdout.write(chunk);
      });
    }
    running.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    running.on('close', (code) => resolve({ code: code ?? 1, output }));
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

/** A vitest project; every test counts, and a file that cannot even be loaded counts as one failed. */
const tests = (name, project) => ({
  name,
  async run() {
    const report = join(scratch, `${project}.json`);
    const { code, output } = await node(
      bin('vitest')(),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    );
    const result = await readFile(report, 'utf8').then(JSON.parse, () => null);
    if (code !== 0 || !result) process.stdout.write(`${output.trimEnd()}\n`);
    if (!result) return { passed: 0, failed: 1 };
    const unloaded = result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
    ).length;
    const failed = result.numFailedTests + unloaded;
    return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  },
});

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

const parts = [
  check('build', () => node('scripts/build.mjs')),
  check('types', () => tsc('-p', '.')),
  check('types of the phone', () => tsc('-p', 'phone')),
  check('lint', () => node(bin('@biomejs/biome')('biome'), 'check', '--error-on-warnings', '.')),
  check('boundaries', boundaries),
  check('drift of tables', () => tsx('scripts/generate.ts', '--check')),
  check('drift of permissions', () => tsx('scripts/permissions.ts', '--check')),
  tests('rules, database and HTTP', 'server'),
  tests('pages', 'pages'),
  tests('browser', 'browser'),
  tests(soak ? 'crash (soak)' : 'crash', 'crash'),
];

const total = { passed: 0, failed: 0 };
for (const part of parts.filter(({ name }) => !only || only.some((word) => name.startsWith(word)))) {
  const from = Date.now();
  const { passed, failed } = await part.run();
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${part.name.padEnd(26)} ${String(passed).padStart(5)} passed ${failed > 0 ? `${failed} failed ` : ''}${((Date.now() - from) / 1000).toFixed(1).padStart(7)} s`,
  );
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
