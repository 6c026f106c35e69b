import { jest } from '@jest/globals';
import type { DuplicatePage } from '#libs/contracts/match-rules/duplicates.js';
import { clusterPairs } from '#libs/domain/matching/cluster-pairs.js';
import { loadNeedClusters } from '#libs/persistence/matching/load-shared-rules.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);
const TEXT =
  '针对深水养殖网箱清洗作业，研制可在浑水中自主巡检的水下机器人，融合声学与惯性信息完成定位，作业深度300m，续航8小时';

let platform: TestPlatform;
let organizer: TestPerson;
let engineer: TestPerson;
const organisations: string[] = [];
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  engineer = await makePerson(platform);
  for (const [kind, members] of [
    ['enterprise', [engineer]],
    ['research-institute', []],
    ['university', []],
  ] as const)
    organisations.push(await makeOrganisation(platform, { kind, members }));
  for (const title of ['大棚蔬菜', '口腔正畸', '合同审查', '古籍修复', '红茶冲泡', '羊绒染色'])
    await publish('capability', 1, title, title);
}, 60_000);
afterAll(() => platform.stop());

const query = <Row>(sql: string, values: unknown[] = []) => platform.dataSource.query<Row[]>(sql, values);

async function publish(
  table: 'need' | 'capability',
  owner: number,
  title: string,
  text: string,
): Promise<string> {
  const [row] = await query<{ id: string }>(
    `INSERT INTO ${table} (organisation_id, status, published_at, title, ${table === 'need' ? 'problem' : 'abstract'})
     VALUES ($1, 'published', now(), $2, $3) RETURNING id`,
    [organisations[owner], title, text],
  );
  return row!.id;
}

async function settled(): Promise<void> {
  await waitFor(
    async () => (await query("SELECT 1 FROM match_run WHERE status IN ('queued', 'running')")).length === 0,
    'all match runs',
  );
}
async function runAll(): Promise<void> {
  await organizer.client.post('/organizer/match-runs', { scope: 'all' });
  await settled();
}
const pairsOf = async (kind: string, status = 'open') =>
  (await organizer.client.get<DuplicatePage>(`/organizer/near-duplicates?kind=${kind}&status=${status}`)).body
    .rows;

test('twins of one organisation are folded under the best one, those of others are listed; a decision is undone', async () => {
  const need = await publish('need', 0, '水下机器人网箱清洗', '需要水下机器人完成网箱清洗与浑水定位');
  const first = await publish('capability', 1, '网箱清洗水下机器人', TEXT);
  const twin = await publish('capability', 1, '网箱清洗水下机器人', TEXT.replace('8小时', '10小时'));
  const other = await publish('capability', 2, '网箱清洗水下机器人', TEXT.replace('300m', '500m'));
  await runAll();
  const listed = async () => {
    const { body } = await engineer.client.get<{
      rows: { capability: { id: string }; reasons: { zh: string[] } }[];
    }>(`/needs/${need}/matches?filter=all`);
    return body.rows;
  };
  const [best, ...rest] = (await listed()).filter((row) => row.capability.id !== other);
  expect([first, twin]).toContain(best!.capability.id);
  expect(rest).toEqual([]);
  expect((await listed()).map((row) => row.capability.id)).toContain(other);
  expect(best!.reasons.zh).toContain('该机构另有相近成果未重复列出：1');

  const pairs = await pairsOf('capability');
  expect(pairs.length).toBe(2);
  const pair = pairs.find(({ sameOrganisation }) => sameOrganisation)!;
  expect([pair.lower.id, pair.higher.id]).toEqual([first, twin].sort());
  expect(pair.lower.text).toContain('网箱清洗水下机器人');
  expect(pair.similarity).toBeGreaterThanOrEqual(0.85);

  const decide = async (id: string, status: string) => {
    expect(
      (await organizer.client.post(`/organizer/near-duplicates/${id}/decision`, { status })).status,
    ).toBe(200);
    await settled();
  };
  for (const { id } of pairs) await decide(id, 'different');
  expect((await listed()).map((row) => row.capability.id).sort()).toEqual([first, twin, other].sort());
  expect((await pairsOf('capability', 'different')).map(({ decidedBy }) => decidedBy)).toEqual(
    Array.from({ length: 2 }, () => organizer.name),
  );
  for (const { id } of pairs) await decide(id, 'open');
  expect((await listed()).length).toBe(2);
  expect((await pairsOf('capability')).map(({ decidedBy, decidedAt }) => [decidedBy, decidedAt])).toEqual(
    Array.from({ length: 2 }, () => [null, null]),
  );
});

test('needs of a cluster share its id; an edited text leaves it, and the others stay together', async () => {
  const word = '园区污水深度处理与膜污染在线监测预警，要求出水稳定达标并降低清洗频次，运行成本下降百分之二十';
  const ids: string[] = [];
  for (const owner of [0, 1, 2]) ids.push(await publish('need', owner, '园区污水处理', word));
  await runAll();
  const clusters = () => loadNeedClusters(platform.dataSource.manager);
  const before = await clusters();
  const least = [...ids].sort()[0]!;
  expect(ids.map((id) => before.get(id))).toEqual([least, least, least]);

  const [, second, third] = [...ids].sort() as [string, string, string];
  await query(
    "UPDATE need SET problem = '厂区照明节能改造', title = '照明', version = version + 1 WHERE id = $1",
    [least],
  );
  await organizer.client.post('/organizer/match-runs', { scope: 'need', subjectId: least });
  await settled();
  const after = await clusters();
  expect([after.get(least), after.get(second), after.get(third)]).toEqual([undefined, second, second]);

  const [kept] = await query<{ id: string }>("SELECT id FROM near_duplicate WHERE kind = 'need'");
  await organizer.client.post(`/organizer/near-duplicates/${kept!.id}/decision`, { status: 'same' });
  await query("UPDATE need SET status = 'withdrawn' WHERE id = $1", [second]);
  await runAll();
  expect(await pairsOf('need', 'same')).toEqual([]);
  expect((await clusters()).get(third)).toBe(second);
});

test('in more records than are compared at a time, all clusters are found, also when one falls apart', async () => {
  const theme = (at: number) => `第${at}号${'甲乙丙丁戊己庚辛壬癸'.charAt(at % 10)}`.repeat(12);
  const ids: string[] = [];
  for (let at = 0; at < 260; at += 1) ids.push(await publish('capability', 2, `批量${at}`, theme(at)));
  // Copies of early records come late, in another batch.
  const copies: string[] = [];
  for (const at of [3, 3, 57]) copies.push(await publish('capability', 2, `批量${at}`, theme(at)));
  await runAll();
  const clusters = async () => {
    const rows = await query<{ lower_id: string; higher_id: string }>(
      `SELECT lower_id, higher_id FROM near_duplicate WHERE kind = 'capability' AND higher_id = ANY($1)`,
      [copies],
    );
    const roots = clusterPairs(rows.map((row) => [row.lower_id, row.higher_id] as const));
    return copies.map((id) => roots.get(id));
  };
  expect(await clusters()).toEqual([ids[3], ids[3], ids[57]]);

  await query("UPDATE capability SET abstract = '与众不同的全新内容', version = version + 1 WHERE id = $1", [
    ids[3],
  ]);
  await runAll();
  expect(await clusters()).toEqual([copies[0], copies[0], ids[57]]);
});
