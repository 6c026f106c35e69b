import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';

jest.setTimeout(180_000);

interface Stated {
  id: string;
  [field: string]: unknown;
}
interface Readers {
  readNeeds(file: string): Stated[];
  readCapabilities(file: string): Stated[];
  readGrades(file: string, needs: unknown, capabilities: unknown): unknown[];
  readPairs(file: string, needs: unknown, capabilities: unknown): unknown[];
}

const root = path.resolve(import.meta.dirname, '../..');
const gate = path.join(root, 'test/relevance/gate');
const program: string = path.join(root, 'scripts/matching/read-records.mjs');
const readers = (await import(program)) as Readers;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'duijie-bench-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(directory, name);
  await writeFile(file, content);
  return file;
}

const BOM = '\uFEFF';
const needs = [{ id: 'N1' }, { id: '7' }];
const capabilities = [{ id: 'C1' }];

test('a byte order mark, line ends of Windows, blank lines and a JSON array are read', async () => {
  const lines = await fileOf('mark.jsonl', `${BOM}{"id":"N1","title":"甲"}\r\n\r\n{"id":"N2","title":"乙"}`);
  const array = await fileOf('array.json', `${BOM}[\n{"id":"N1","title":"甲"},\n{"id":"N2","title":"乙"}]\n`);
  expect(readers.readNeeds(lines).map(({ id, title }) => [id, title])).toEqual([
    ['N1', '甲'],
    ['N2', '乙'],
  ]);
  expect(readers.readNeeds(array)).toEqual(readers.readNeeds(lines));
});

test('what can only be meant one way is read that way; null is absent', async () => {
  const record = { id: 7, title: 3000, content: null, body: '正文', keywords: '磁悬浮', regionCode: 440300 };
  const stated = { ...record, fields: '04.02', indicators: '转速≥30000rpm', targetTrl: null, trl: null };
  const file = await fileOf('meant.jsonl', JSON.stringify(stated));
  expect(readers.readNeeds(file)).toMatchObject([
    {
      id: '7',
      title: '3000',
      body: '正文',
      keywords: ['磁悬浮'],
      fields: ['04.02'],
      regionCode: '440300',
      targetTrl: null,
      budgetMin: null,
      organisationId: null,
      trlScheme: null,
    },
  ]);
  expect(readers.readNeeds(file)[0]!['indicators']).toMatchObject([{ value: 30000 }]);
  expect(readers.readCapabilities(file)).toMatchObject([{ id: '7', trl: null, priceMin: null }]);
});

const WRONG: [name: string, content: string | Buffer, message: string][] = [
  [
    'csv',
    'id,title\nN1,甲\n',
    'line 1: this is not JSON; expected JSON Lines (one JSON object a line) in UTF-8.',
  ],
  ['second-line', '{"id":"N1"}\n{"id":', 'line 2: this is not JSON; expected JSON Lines'],
  ['array', '[{"id":"N1"},', 'line 1: begins as a JSON array but is none'],
  ['null-line', '{"id":"N1"}\n\nnull\n', 'line 3: null stands where an object is expected.'],
  ['null-item', '[{"id":"N1"},null]', 'record 2: null stands where an object is expected.'],
  ['list-line', '{"id":"N1"}\n["id"]', 'line 2: a list stands where an object is expected.'],
  ['gbk', Buffer.concat([Buffer.from('{"id":"N1"}\n'), Buffer.from([0xbc, 0xd7])]), 'line 2: not UTF-8'],
  ['empty', '\n\n', ': there is no record in it.'],
  ['no-id', '{"title":"甲"}', 'line 1: "id" is missing.'],
  [
    'long-id',
    '{"id":12345678901234567890}',
    'line 1: "id" must be text or a whole number of at most 15 digits',
  ],
  ['same-id', '{"id":"N1"}\n{"id":"N2"}\n{"id":"N1"}', 'line 3: id "N1" is taken; it stands in '],
  ['title', '{"id":"N1","title":["甲"]}', 'line 1: "title" must be text, not a list.'],
  ['keywords', '{"id":"N1","keywords":{"a":1}}', 'line 1: "keywords" must be text, not an object.'],
  ['keyword', '{"id":"N1","keywords":["甲",null]}', 'line 1: "keywords[1]" must be text, not null.'],
  ['fields', '{"id":"N1","fields":[1.1]}', 'line 1: "fields[0]" must be text, not a number.'],
  ['region', '{"id":"N1","regionCode":["44"]}', 'line 1: "regionCode" must be text, not a list.'],
  ['trl', '{"id":"N1","targetTrl":"six"}', 'line 1: "targetTrl" must be a number, not a string.'],
  ['budget', '{"id":"N1","budgetMaxWan":true}', 'line 1: "budgetMaxWan" must be a number, not a boolean.'],
];

test.each(WRONG)('needs with an error: %s', async (name, content, message) => {
  const file = await fileOf(`${name}.jsonl`, content);
  expect(() => readers.readNeeds(file)).toThrow(message);
  expect(() => readers.readNeeds(file)).toThrow(file);
});

test('the place of the first of two equal ids is named, also where one of them is a number', async () => {
  const file = await fileOf('taken.jsonl', '{"id":7}\n{"id":"8"}\n{"id":"7"}');
  expect(() => readers.readCapabilities(file)).toThrow(
    `${file}, line 3: id "7" is taken; it stands in ${file}, line 1`,
  );
});

test('grades and pairs name what is known, each as often as it stands in the file', async () => {
  const twice = '{"need":"N1","capability":"C1","level":3}\n'.repeat(2);
  const file = await fileOf('twice.jsonl', `${twice}{"need":7,"capability":"C1","level":1}\n`);
  const named = [
    { needId: 'N1', capabilityId: 'C1' },
    { needId: 'N1', capabilityId: 'C1' },
    { needId: '7', capabilityId: 'C1' },
  ];
  expect(readers.readPairs(file, needs, capabilities)).toEqual(named);
  expect(readers.readGrades(file, needs, capabilities)).toEqual(
    [3, 3, 1].map((level, at) => ({ ...named[at], level })),
  );
});

test.each([
  ['{"need":"N9","capability":"C1","level":3}', 'line 1: need "N9" is not known.'],
  ['{"need":"N1","capability":"C9","level":3}', 'line 1: capability "C9" is not known.'],
  ['{"need":"N1","capability":"C1","level":3}\nnull', 'line 2: null stands where an object is expected.'],
  ['{"need":null,"capability":"C1","level":3}', 'line 1: "need" is missing.'],
])('pairs and grades with an error: %s', async (content, message) => {
  const file = await fileOf('named.jsonl', content);
  expect(() => readers.readPairs(file, needs, capabilities)).toThrow(message);
  expect(() => readers.readGrades(file, needs, capabilities)).toThrow(message);
});

test.each(['5', '0', '2.5', 'null', '"high"'])('a level of %s is an error', async (level) => {
  const file = await fileOf('level.jsonl', `{"need":"N1","capability":"C1","level":${level}}`);
  expect(() => readers.readGrades(file, needs, capabilities)).toThrow(/line 1: "level" must be/);
});

function bench(...args: string[]) {
  return spawnSync(process.execPath, [path.join(root, 'scripts/bench-matching.mjs'), ...args], {
    encoding: 'utf8',
  });
}

test('wrong input ends the command with one line and exit code 1', async () => {
  const pairs = await fileOf('unknown.jsonl', '{"need":"N9","capability":"GC001"}\n');
  const files = [`--needs=${gate}/needs.jsonl`, `--capabilities=${gate}/capabilities.jsonl`];
  expect(bench(...files, `--pairs=${pairs}`, '--json')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `${pairs}, line 1: need "N9" is not known.\n`,
  });
  const missing = bench(`--needs=${directory}/none.jsonl`, files[1]!);
  expect([missing.status, missing.stderr]).toEqual([
    1,
    `${directory}/none.jsonl: cannot be read (ENOENT).\n`,
  ]);
  const unknown = bench('--need=x');
  expect([unknown.status, unknown.stderr.trim().split('\n').length]).toEqual([1, 1]);
});

/** Another order, the same for the same lines. */
async function turned(name: string): Promise<string> {
  const lines = (await readFile(path.join(gate, name), 'utf8')).trim().split('\n');
  const order = lines.map((line, at) => ({ line, key: (at * 37 + 11) % 101 }));
  const shuffled = order.toSorted((a, b) => a.key - b.key).map(({ line }) => line);
  return fileOf(`turned-${name}`, `${shuffled.join('\n')}\n`);
}

async function rank(run: string, sources: { needs: string; capabilities: string; feedback: string }) {
  const [rankings, levels] = ['rankings', 'levels'].map((kind) => path.join(directory, `${kind}-${run}`));
  const pairs = await fileOf(
    'pairs.jsonl',
    ['GC003', 'GC001', 'GC003', 'GC002'].map((id) => `{"need":"GN02","capability":"${id}"}\n`).join(''),
  );
  const options = Object.entries({ ...sources, pairs, rankings, levels });
  const { status, stdout } = bench(...options.map(([name, file]) => `--${name}=${file}`), '--json');
  expect(status).toBe(0);
  const rows = async (file: string) => (await readFile(file, 'utf8')).trim().split('\n');
  const { quality } = JSON.parse(stdout) as { quality: unknown };
  return { rankings: await rows(rankings!), levels: await rows(levels!), quality };
}

test('the order of needs, capabilities and grades changes no byte; lines come as those of the needs and pairs', async () => {
  const names = { needs: 'needs.jsonl', capabilities: 'capabilities.jsonl', judgements: 'judgements.jsonl' };
  const first = await rank('a', {
    needs: path.join(gate, names.needs),
    capabilities: path.join(gate, names.capabilities),
    feedback: path.join(gate, names.judgements),
  });
  const second = await rank('b', {
    needs: await turned(names.needs),
    capabilities: await turned(names.capabilities),
    feedback: await turned(names.judgements),
  });
  expect(first.quality).not.toBeNull();
  expect(second.quality).toEqual(first.quality);
  expect(second.rankings).not.toEqual(first.rankings);
  expect(second.rankings.toSorted()).toEqual(first.rankings.toSorted());
  expect(second.levels).toEqual(first.levels);
  const capabilityOf = (line: string) => (JSON.parse(line) as { capability: string }).capability;
  expect(first.levels.map(capabilityOf)).toEqual(['GC003', 'GC001', 'GC003', 'GC002']);
  expect(first.levels[2]).toBe(first.levels[0]);
});
