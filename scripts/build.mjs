// Builds what is stale: the server's modules (tsc, incremental), the processes made of them and the pages (vite) into dist/.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const server = [
  'apps/standalone',
  'apps/event-service',
  'apps/matching-worker',
  'apps/notification-service',
  'libs',
  'config',
];
const web = ['apps/web', 'libs/contracts', 'vite.config.ts'];

function* files(entry) {
  const full = path.join(root, entry);
  if (!existsSync(full)) return;
  if (/\.\w+$/.test(entry)) {
    yield full;
    return;
  }
  for (const item of readdirSync(full, { withFileTypes: true, recursive: true })) {
    if (item.isFile() && !item.name.endsWith('.spec.ts')) yield path.join(item.parentPath, item.name);
  }
}

function stamp(entries) {
  const hash = createHash('sha256');
  for (const file of entries.flatMap((entry) => [...files(entry)]).sort()) {
    hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  hash.update(readFileSync(path.join(root, 'package-lock.json')));
  return hash.digest('hex');
}

/** The bundler's threads and its allocator's reserve would take twice the memory and save no time on few cores. */
const FRUGAL = {
  RAYON_NUM_THREADS: '1',
  ROLLDOWN_WORKER_THREADS: '1',
  ROLLDOWN_MAX_BLOCKING_THREADS: '1',
  MIMALLOC_ARENA_EAGER_COMMIT: '0',
  MIMALLOC_PURGE_DELAY: '0',
};

function step(name, entries, output, command) {
  const stampFile = path.join(root, `dist/.${name}-stamp`);
  const current = stamp([...entries, 'package.json', 'tsconfig.json', 'tsconfig.build.json']);
  const fresh =
    existsSync(path.join(root, output)) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === current;
  if (fresh) return;
  const started = Date.now();
  process.stdout.write(`Building ${name} … `);
  const run = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    env: { ...FRUGAL, ...process.env },
  });
  if (run.status !== 0) {
    process.stdout.write(`failed\n${run.stdout}${run.stderr}`);
    process.exit(1);
  }
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, current);
  process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

step('server', server, 'dist/apps/standalone/start-platform.js', [
  'node_modules/typescript/bin/tsc',
  '-p',
  'tsconfig.build.json',
  // Types are checked by `npm run typecheck`; whoever only runs the platform need not wait for it.
  '--noCheck',
]);
const vite = (...options) => ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', ...options];
const processes = 'vite.processes.config.ts';
step('processes', [...server, processes], 'dist/processes/standalone.js', vite('--config', processes));
if (!process.argv.includes('--server')) step('pages', web, 'dist/web/index.html', vite());
