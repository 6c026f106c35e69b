// Puts the modules that a kind of process needs at its start into few files: finding, reading and linking some 1,500
// of them one by one is most of the time until a process is ready (ADR 10).
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** Packages of many small files. Others have files or binaries of their own to find, or are loaded soon enough. */
const TAKEN_IN = /^(@nestjs\/.+|typeorm|rxjs|bullmq|ioredis|zod)$/;

/** `main.ts` of each service and the modules that threads begin with, by the name of the file they become. */
function entries(): Record<string, string> {
  const found = readdirSync(path.join(root, 'apps'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!web).*[\\/](main|[\w-]+-thread)\.ts$/.test(file))
    .map((file) => file.replace(/\.ts$/, ''));
  return Object.fromEntries(
    found.map((file) => {
      const name = path.basename(file);
      return [name === 'main' ? path.dirname(file) : name, path.join(root, 'dist/apps', `${file}.js`)];
    }),
  );
}

function leftOut(): string[] {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.keys(dependencies).filter((name) => !TAKEN_IN.test(name));
}

export default defineConfig({
  ssr: { noExternal: true, external: leftOut() },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/processes',
    emptyOutDir: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: entries(),
      // All files in one folder: what a module finds beside its own file is found wherever the module ends up.
      output: { keepNames: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
