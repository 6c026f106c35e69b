import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { servePages } from './serve-web-app.js';

let folder: string;
let fastify: FastifyInstance;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'duijie-pages-'));
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  fastify = Fastify();
  await servePages(fastify, [path.join(folder, 'nowhere'), path.join(folder, 'web')]);
  url = await fastify.listen({ port: 0 });
});
afterEach(async () => {
  await fastify.close();
  await rm(folder, { recursive: true });
});

/** A build replaces everything, as Vite does. */
async function build(hash: string): Promise<void> {
  const web = path.join(folder, 'web');
  await rm(web, { recursive: true, force: true });
  await mkdir(path.join(web, 'assets'), { recursive: true });
  await writeFile(path.join(web, 'index.html'), `<script src="/assets/index-${hash}.js"></script>`);
  await writeFile(path.join(web, 'assets', `index-${hash}.js`), `build('${hash}')`);
  await writeFile(path.join(web, 'apple-touch-icon.svg'), '<svg/>');
  await writeFile(path.join(web, '.env'), 'hidden');
}

async function get(file: string): Promise<unknown[]> {
  const answer = await fetch(`${url}${file}`);
  const type = answer.headers.get('content-type')?.split(';')[0];
  return [
    answer.status,
    type,
    answer.headers.get('cache-control'),
    type === 'application/json' ? '' : await answer.text(),
  ];
}
const page = (hash: string) => [
  200,
  'text/html',
  'no-cache',
  `<script src="/assets/index-${hash}.js"></script>`,
];
const script = (hash: string) => [
  200,
  'application/javascript',
  'public, max-age=31536000, immutable',
  `build('${hash}')`,
];
const missing = [404, 'application/json', null, ''];

test('a build that takes the place of another while the server runs is served at once', async () => {
  expect(await get('/')).toEqual(missing);
  await build('AAAAAAAA');
  expect(await get('/')).toEqual(page('AAAAAAAA'));
  expect(await get('/needs/1?tab=matches')).toEqual(page('AAAAAAAA'));
  expect(await get('/assets/index-AAAAAAAA.js')).toEqual(script('AAAAAAAA'));
  await build('BBBBBBBB');
  expect(await get('/events')).toEqual(page('BBBBBBBB'));
  expect(await get('/assets/index-BBBBBBBB.js')).toEqual(script('BBBBBBBB'));
  expect(await get('/assets/index-AAAAAAAA.js')).toEqual(missing);
});

test('only files named by their content are kept without asking again', async () => {
  await build('AAAAAAAA');
  expect(await get('/apple-touch-icon.svg')).toEqual([200, 'image/svg+xml', 'no-cache', '<svg/>']);
  expect((await fetch(`${url}/apple-touch-icon.svg`, { method: 'HEAD' })).status).toBe(200);
  expect(await get('/api/nothing')).toEqual(missing);
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/.env', '/assets', '/%00', '/%5c..'])(
  '%s leads to no file',
  async (file) => {
    await build('AAAAAAAA');
    expect(await get(file)).toEqual(page('AAAAAAAA'));
  },
);

test('a path through assets leads to no file either', async () => {
  await build('AAAAAAAA');
  await symlink(path.join(folder, 'secret.txt'), path.join(folder, 'web', 'assets', '.hidden'));
  expect(await get('/assets/..%2f..%2fsecret.txt')).toEqual(missing);
  expect(await get('/assets/.hidden')).toEqual(missing);
});
