import { jest } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { TestClient } from '../support/client.js';
import {
  databaseProcesses,
  freePort,
  processesNaming,
  startProgram,
  waitForOutput,
  type Program,
} from '../support/process-program.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(120_000);

const READY = /is ready: (\S+)/;
const LINK = /first-administrator\?token=(\S+)/;

let home: string;
const started: Program[] = [];
beforeAll(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'duijie-start-'));
});
afterAll(async () => {
  for (const program of started) {
    if (program.isRunning()) program.signal('SIGKILL');
    await program.ended;
  }
  for (const pid of processesNaming(home)) process.kill(pid, 'SIGKILL');
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

function run(env: Record<string, string>, through: readonly string[] = []): Program {
  const program = startProgram({ env: { PORT: '0', ...env }, through });
  started.push(program);
  return program;
}

/** How a start that cannot succeed ends: its code and what it says. */
async function refusal(env: Record<string, string>): Promise<{ code: number | null; words: string }> {
  const program = run(env);
  const code = await program.ended;
  return { code, words: program.output().trim() };
}

/** Containers are killed ten seconds after they were asked to stop. */
const STOPPED_WITHIN_MS = 10_000;

async function stop(program: Program, signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }> {
  const from = Date.now();
  program.signal(signal);
  return { code: await program.ended, ms: Date.now() - from };
}

test('a taken port is named, and the data folder is not touched', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const dataDir = path.join(home, 'port');
  const { code, words } = await refusal({ PORT: String(port), DATA_DIR: dataDir });
  server.close();
  expect([code, words]).toEqual([
    1,
    `Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`,
  ]);
  expect(readdirSync(home)).toEqual([]);
});

test('a file in the place of the data folder, or above it, is named and left alone', async () => {
  const file = path.join(home, 'file');
  writeFileSync(file, 'something else');
  const advice = 'Give a folder that you may write to with DATA_DIR.';
  expect(await refusal({ DATA_DIR: file })).toMatchObject({
    code: 1,
    words: `The data folder ${file} cannot be used: it is a file, not a folder. ${advice}`,
  });
  expect(await refusal({ DATA_DIR: `${file}/data` })).toMatchObject({
    code: 1,
    words: `The data folder ${file}/data cannot be used: a part of its path is a file, not a folder. ${advice}`,
  });
  expect(readFileSync(file, 'utf8')).toBe('something else');
});

test('each wrong variable of the environment is named', async () => {
  const { code, words } = await refusal({ PORT: 'eighty', SMTP_URL: 'mail.example', DATA_DIR: home });
  expect(code).toBe(1);
  expect(words.split('\n').map((line) => line.replace(/:.*/, ''))).toEqual([
    'The environment is not valid',
    '  PORT',
    '  SMTP_URL',
  ]);
});

test('servers that refuse, do not exist or never answer are named', async () => {
  const silent = net.createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as net.AddressInfo;
  const closed = await freePort();
  const database = 'postgres://u:hush@127.0.0.1';
  const working = process.env['DUIJIE_TEST_DATABASE']!;
  const folders = ['refused', 'mute', 'redis', 'mute-redis'].map((name) => path.join(home, 'servers', name));
  // Most of their time is waiting, so they wait together.
  const [refused, mute, redis, muteRedis] = await Promise.all([
    refusal({ DATA_DIR: folders[0]!, DATABASE_URL: `${database}:${closed}/duijie` }),
    refusal({ DATA_DIR: folders[1]!, DATABASE_URL: `${database}:${port}/duijie` }),
    refusal({ DATA_DIR: folders[2]!, DATABASE_URL: working, REDIS_URL: `redis://127.0.0.1:${closed}` }),
    refusal({ DATA_DIR: folders[3]!, DATABASE_URL: working, REDIS_URL: `redis://127.0.0.1:${port}` }),
  ]);
  expect(refused).toMatchObject({ code: 1, words: expect.stringContaining('ECONNREFUSED') });
  expect(refused.words).toContain(`The database duijie at 127.0.0.1:${closed} cannot be used (`);
  expect(mute.code).toBe(1);
  expect(mute.words).toContain(`The database duijie at 127.0.0.1:${port} cannot be used (`);
  expect(redis.code).toBe(1);
  expect(redis.words).toMatch(
    new RegExp(
      `^The Redis server at 127.0.0.1:${closed} does not answer \\(.*ECONNREFUSED.*correct REDIS_URL.$`,
    ),
  );
  expect(muteRedis.code).toBe(1);
  expect(muteRedis.words).toContain(`The Redis server at 127.0.0.1:${port} does not answer (`);
  silent.close();
  for (const { words } of [refused, mute, redis, muteRedis]) {
    expect(words).not.toContain('hush');
    expect(words.split('\n')).toHaveLength(1);
  }
  expect(folders.map((folder) => readdirSync(folder))).toEqual([[], [], [], []]);
});

test('too old a Node is refused before anything else happens', async () => {
  const check = path.resolve(import.meta.dirname, '../../scripts/check-node.mjs');
  const problems = execFileSync(process.execPath, [
    '--input-type=module',
    '-e',
    `import { nodeProblem } from ${JSON.stringify(check)};
     console.log(JSON.stringify(['v18.20.4', 'v20.18.3', 'v20.19.0', 'v22.1.0'].map(nodeProblem)));`,
  ]).toString();
  const sentence = (version: string) =>
    `Duijie needs Node.js 20.19 or newer; this is ${version}. Install a newer one from nodejs.org.`;
  expect(JSON.parse(problems)).toEqual([sentence('v18.20.4'), sentence('v20.18.3'), null, null]);
});

test('first start, second process, Ctrl-C, start again, SIGTERM', async () => {
  const dataDir = path.join(home, 'life');
  const first = run({ DATA_DIR: dataDir });
  const url = await waitForOutput(first, READY);
  const token = await waitForOutput(first, LINK);
  expect((await fetch(`${url}/api/health`)).status).toBe(200);

  const other = await refusal({ DATA_DIR: dataDir });
  expect([other.code, other.words]).toEqual([
    1,
    `The platform already runs on ${dataDir} (process ${first.pid}). Stop it first, or give another folder with DATA_DIR.`,
  ]);
  expect((await fetch(`${url}/api/health`)).status).toBe(200);

  const body = { token, email: 'chief@bureau.example', name: '局长', password: 'Zhoushan-harbour-77' };
  const chief = new TestClient(url);
  expect((await chief.post('/auth/first-administrator', body)).status).toBe(201);
  const again = await new TestClient(url).post('/auth/first-administrator', body);
  expect([again.status, again.body['code']]).toEqual([410, 'auth.link-invalid']);
  expect((await chief.get('/me')).body).toMatchObject({ person: { email: 'chief@bureau.example' } });

  expect(databaseProcesses(dataDir).length).toBeGreaterThan(1);
  // As npm does: the terminal's signal and npm's own arrive together.
  first.signal('SIGINT');
  const interrupted = await stop(first, 'SIGINT');
  expect(interrupted.code).toBe(0);
  expect(interrupted.ms).toBeLessThan(STOPPED_WITHIN_MS);
  expect(processesNaming(dataDir)).toEqual([]);
  expect(readdirSync(dataDir).sort()).toEqual(['app-secret', 'postgres']);

  const second = run({ DATA_DIR: dataDir });
  const secondUrl = await waitForOutput(second, READY);
  await waitForOutput(second, /Stop with Ctrl-C/);
  expect(second.output()).not.toContain('first-administrator');
  const signIn = { email: body.email, password: body.password };
  expect((await new TestClient(secondUrl).post('/auth/sign-in', signIn)).status).toBe(200);
  const terminated = await stop(second, 'SIGTERM');
  expect(terminated.code).toBe(0);
  expect(terminated.ms).toBeLessThan(STOPPED_WITHIN_MS);
  expect(processesNaming(dataDir)).toEqual([]);
});

test('a signal in the middle of the first start leaves nothing running, and the next start works', async () => {
  const dataDir = path.join(home, 'early');
  const first = run({ DATA_DIR: dataDir });
  await waitFor(
    async () => processesNaming(path.join(dataDir, 'postgres')).length > 0,
    'the database to be made',
  );
  expect((await stop(first, 'SIGINT')).code).toBe(0);
  expect(processesNaming(dataDir)).toEqual([]);
  const second = run({ DATA_DIR: dataDir });
  await waitForOutput(second, READY);
  expect((await stop(second, 'SIGINT')).code).toBe(0);
});

test('a signal while the demo is loaded ends it without a word, and leaves nothing running', async () => {
  const dataDir = path.join(home, 'demo');
  const program = startProgram({ env: { PORT: '0', DATA_DIR: dataDir }, args: ['--demo'] });
  started.push(program);
  await waitForOutput(program, /活动 events/);
  expect((await stop(program, 'SIGINT')).code).toBe(0);
  // There is much to write to disk: the database may end after the program.
  await waitFor(async () => processesNaming(dataDir).length === 0, 'the database to end');
  expect(program.output()).not.toMatch(/error|57P01|terminat/i);
});

test('an embedded database that dies ends the program with a sentence', async () => {
  const dataDir = path.join(home, 'lost');
  const program = run({ DATA_DIR: dataDir });
  await waitForOutput(program, READY);
  process.kill(databaseProcesses(dataDir)[0]!, 'SIGKILL');
  expect(await program.ended).toBe(1);
  expect(program.output()).toContain('The embedded database has ended by itself. Start the platform again.');
});

const NOBODY = [
  'setpriv',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  '--inh-caps=-all',
  '--bounding-set=-all',
];
/** Only root can become somebody else, and a clone below a folder of root's own cannot be read by anybody else. */
const nobodyCanRun =
  process.getuid?.() === 0 &&
  spawnSync(NOBODY[0]!, [...NOBODY.slice(1), 'test', '-r', path.resolve('package.json')]).status === 0;
(nobodyCanRun ? test : test.skip)(
  'a user without rights runs it in a folder of their own, and is told about a folder of root',
  async () => {
    execFileSync('chmod', ['711', home]);
    const dataDir = path.join(home, 'nobody');
    mkdirSync(dataDir);
    chownSync(dataDir, 65534, 65534);
    const program = run({ DATA_DIR: dataDir, HOME: dataDir }, NOBODY);
    const url = await waitForOutput(program, READY);
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    expect((await stop(program, 'SIGINT')).code).toBe(0);
    expect(processesNaming(dataDir)).toEqual([]);

    const closed = path.join(home, 'roots');
    mkdirSync(closed, { mode: 0o700 });
    const refused = run({ DATA_DIR: closed }, NOBODY);
    expect(await refused.ended).toBe(1);
    expect(refused.output().trim()).toBe(
      `The data folder ${closed} cannot be used: you may not write to it. Give a folder that you may write to with DATA_DIR.`,
    );
  },
);
