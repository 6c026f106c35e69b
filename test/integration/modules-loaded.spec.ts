import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROCESSES = path.resolve(import.meta.dirname, '../../dist/processes');

/** What a built file loads before it runs: files beside it and packages that were left out of them. */
const STATIC_IMPORT = /^(?:import|export)\b[^'"\n]*["']([^"']+)["'];?$/gm;
/** The bundler marks what it took in. */
const TAKEN_IN = /^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm;

/** Packages that a process or thread loads before its first line runs. */
function packagesOf(entry: string, seen = new Set<string>()): Set<string> {
  const source = readFileSync(path.join(PROCESSES, entry), 'utf8');
  seen.add(entry);
  const packages = new Set(Array.from(source.matchAll(TAKEN_IN), ([, name]) => name!));
  for (const [, imported] of source.matchAll(STATIC_IMPORT)) {
    if (!imported!.startsWith('./')) packages.add(imported!);
    else if (!seen.has(path.basename(imported!)))
      for (const name of packagesOf(path.basename(imported!), seen)) packages.add(name);
  }
  return packages;
}

test.each(['notification-service.js', 'matching-worker.js'])('%s does without Swagger', (process) => {
  const packages = packagesOf(process);
  expect(packages).toContain('typeorm');
  expect(packages).toContain('pg');
  expect(packages).not.toContain('@nestjs/swagger');
});

test('the document of the API brings it, when it is asked for', () => {
  const packages = readdirSync(PROCESSES)
    .filter((file) => file.startsWith('openapi-'))
    .flatMap((file) => [...packagesOf(file)]);
  expect(packages).toContain('@nestjs/swagger');
});

test.each(['writing-thread.js', 'parse-thread.js', 'solver-thread.js', 'assignment-thread.js'])(
  '%s does without the frameworks',
  (thread) => {
    const packages = packagesOf(thread);
    expect(packages.size).toBeGreaterThan(0);
    for (const framework of ['@nestjs/common', '@nestjs/core', 'typeorm', 'bullmq'])
      expect(packages).not.toContain(framework);
  },
);

test('no framework exists twice in a process: no package that is left out needs one', () => {
  const manifest = (file: string) =>
    JSON.parse(readFileSync(path.join(PROCESSES, '../..', file), 'utf8')) as {
      dependencies?: Record<string, string>;
      peerDependencies?: Record<string, string>;
    };
  const takenIn = new Set(
    readdirSync(PROCESSES).flatMap((file) =>
      Array.from(readFileSync(path.join(PROCESSES, file), 'utf8').matchAll(TAKEN_IN), ([, name]) => name!),
    ),
  );
  const direct = Object.keys(manifest('package.json').dependencies!);
  const frameworks = direct.filter((name) => takenIn.has(name));
  const leftOut = direct.filter((name) => !takenIn.has(name));
  expect(frameworks).toEqual(expect.arrayContaining(['@nestjs/core', 'typeorm', 'ioredis']));
  expect(leftOut).toContain('pg');
  const needed = leftOut.flatMap((name) => {
    const { dependencies, peerDependencies } = manifest(`node_modules/${name}/package.json`);
    return Object.keys({ ...dependencies, ...peerDependencies })
      .filter((needs) => frameworks.includes(needs))
      .map((needs) => `${needs} of ${name}`);
  });
  expect(needed).toEqual([]);
});
