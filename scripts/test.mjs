// `npm test`: builds what is stale, then runs unit, integration and browser tests with one embedded PostgreSQL.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

await import('./build.mjs');
const jest = path.resolve(import.meta.dirname, '../node_modules/jest/bin/jest.js');
const run = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', jest, ...process.argv.slice(2)],
  {
    cwd: path.resolve(import.meta.dirname, '..'),
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);
