import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const DIST = path.resolve(import.meta.dirname, '../../dist');

/** A hook of Node's module loader that writes the name of each package from which something is imported. */
const TELL_PACKAGES = `
  import { writeSync } from 'node:fs';
  export function load(url, context, next) {
    const name = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//.exec(url)?.[1];
    if (name !== undefined) writeSync(2, name + '\\n');
    return next(url, context);
  }`;

const asUrl = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;

/** Packages that built modules bring into a process of their own. */
async function packagesOf(...modules: string[]): Promise<Set<string>> {
  const hook = `import { register } from 'node:module'; register(${JSON.stringify(asUrl(TELL_PACKAGES))});`;
  const imports = modules.map((file) => `await import(${JSON.stringify(path.join(DIST, file))});`);
  const { stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    asUrl(hook),
    '--input-type=module',
    '--eval',
    `${imports.join('\n')}\nprocess.exit(0);`,
  ]);
  return new Set(stderr.split('\n'));
}

test.each(['notification-service', 'matching-worker'])('%s does without Swagger', async (app) => {
  const packages = await packagesOf('libs/platform/run-service.js', `apps/${app}/${app}.module.js`);
  expect(packages).toContain('typeorm');
  expect(packages).not.toContain('@nestjs/swagger');
});

test('the document of the API brings it', async () => {
  expect(await packagesOf('libs/platform/http/openapi.js')).toContain('@nestjs/swagger');
});
