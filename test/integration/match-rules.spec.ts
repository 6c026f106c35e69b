import { jest } from '@jest/globals';
import type { BlockList, BlockStated } from '#libs/contracts/match-rules/blocks.js';
import type {
  OrganisationMatchSettings,
  RecordMatchSettings,
} from '#libs/contracts/match-rules/match-settings.js';
import { queueExpiredCapabilities } from '#libs/persistence/matching/queue-expired-capabilities.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);
let platform: TestPlatform;
let organizer: TestPerson;
let engineer: TestPerson;
let researcher: TestPerson;
let enterprise: string;
let institute: string;
let rival: string;
let serial = 0;

beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
  engineer = await makePerson(platform, { name: '工程师' });
  researcher = await makePerson(platform, { name: '研究员' });
  const organisation = (name: string, kind: string, members: TestPerson[]) =>
    makeOrganisation(platform, { kind, name, members });
  enterprise = await organisation('深水企业', 'enterprise', [engineer]);
  institute = await organisation('海洋所', 'research-institute', [researcher]);
  rival = await organisation('对手研究院', 'research-institute', []);
  // Words are telling only where most records do not have them.
  for (const title of ['大棚蔬菜', '口腔正畸', '合同审查', '古籍修复', '红茶冲泡', '羊绒染色'])
    await publish('capability', null, title, { title, abstract: title });
}, 60_000);
afterAll(() => platform.stop());
// What a test published is not matched in the next.
afterEach(async () => {
  for (const table of ['need', 'capability'])
    await query(`UPDATE ${table} SET status = 'withdrawn' WHERE organisation_id IS NOT NULL`);
});

const query = <Row>(sql: string, values: unknown[] = []) => platform.dataSource.query<Row[]>(sql, values);

/** A published record about one subject. */
async function publish(
  table: 'need' | 'capability',
  organisation: string | null,
  word: string,
  values: Record<string, unknown> = {},
): Promise<string> {
  const columns: Record<string, unknown> = {
    organisation_id: organisation,
    status: 'published',
    published_at: new Date(),
    title: `${word}检测装置`,
    [table === 'need' ? 'problem' : 'abstract']: `${word}的检测方法，编号${(serial += 1)}`,
    ...values,
  };
  const names = Object.keys(columns);
  const [row] = await query<{ id: string }>(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING id`,
    Object.values(columns),
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
  expect((await organizer.client.post('/organizer/match-runs', { scope: 'all' })).status).toBe(201);
  await settled();
}

/** Capabilities on the need's list, as its owner sees it. */
async function listed(needId: string): Promise<string[]> {
  const { body } = await engineer.client.get<{ rows: { capability: { id: string } }[] }>(
    `/needs/${needId}/matches?filter=all&pageSize=100`,
  );
  return body.rows.map((row) => row.capability.id).sort();
}
const codeOf = async (needId: string, capabilityId: string) =>
  (
    await query<{ code: string | null }>(
      "SELECT exclusion ->> 'code' AS code FROM match WHERE need_id = $1 AND capability_id = $2",
      [needId, capabilityId],
    )
  )[0]?.code ?? null;
const block = (
  person: TestPerson,
  id: string,
  organisationId: string,
  kind: string,
  note: string | null = null,
) => person.client.post<BlockStated>(`/organisations/${id}/blocks`, { organisationId, kind, note });
const blocksOf = async (person: TestPerson, id: string) =>
  (await person.client.get<BlockList>(`/organisations/${id}/blocks`)).body;

test('a block takes all pairs of two organisations off the lists at once, both ways, and its end brings them back', async () => {
  const need = await publish('need', enterprise, '桥梁裂缝');
  const [mine, theirs] = [
    await publish('capability', institute, '桥梁裂缝'),
    await publish('capability', rival, '桥梁裂缝'),
  ];
  await runAll();
  expect(await listed(need)).toEqual([mine, theirs].sort());

  const stated = await block(engineer, enterprise, rival, 'competitor', '同类产品');
  expect([stated.status, stated.body.withdrawn, stated.body.kept]).toEqual([201, 1, 0]);
  expect(await listed(need)).toEqual([mine]);
  await settled();
  expect(await listed(need)).toEqual([mine]);
  expect(await codeOf(need, theirs)).toBe('competitor');

  expect(
    (await blocksOf(engineer, enterprise)).rows.map(({ organisation, note }) => [organisation.name, note]),
  ).toEqual([['对手研究院', '同类产品']]);
  expect((await block(engineer, enterprise, rival, 'competitor')).body).toMatchObject({
    code: 'block.exists',
  });
  expect((await block(engineer, enterprise, enterprise, 'other')).body).toMatchObject({
    code: 'block.own-organisation',
  });
  expect(
    (await researcher.client.delete(`/organisations/${institute}/blocks/${stated.body.id}`)).status,
  ).toBe(404);
  expect((await engineer.client.delete(`/organisations/${enterprise}/blocks/${stated.body.id}`)).status).toBe(
    200,
  );
  await settled();
  expect(await listed(need)).toEqual([mine, theirs].sort());
  const audited = await query<{ action: string }>(
    "SELECT action FROM audit_entry WHERE subject_id = $1 AND action LIKE '%-block' ORDER BY id",
    [enterprise],
  );
  expect(audited.map(({ action }) => action)).toEqual(['state-block', 'end-block']);
});

test('blocks are read by their organisation and organizers only; disputes by organizers only', async () => {
  expect((await block(engineer, enterprise, institute, 'dispute')).status).toBe(403);
  expect((await block(organizer, enterprise, rival, 'competitor')).status).toBe(403);
  expect((await block(engineer, institute, rival, 'other')).status).toBe(404);
  const dispute = await block(organizer, enterprise, rival, 'dispute', '2025 年合同纠纷');
  expect(dispute.status).toBe(201);
  expect((await block(organizer, rival, enterprise, 'dispute')).body).toMatchObject({ code: 'block.exists' });
  expect(await blocksOf(engineer, enterprise)).toEqual({
    rows: [],
    may: { state: true, recordDispute: false },
  });
  const seen = await blocksOf(organizer, rival);
  expect(seen.rows.map(({ organisation, own, mayEnd }) => [organisation.name, own, mayEnd])).toEqual([
    ['深水企业', false, true],
  ]);
  expect(
    (await engineer.client.delete(`/organisations/${enterprise}/blocks/${dispute.body.id}`)).status,
  ).toBe(404);
  expect((await organizer.client.delete(`/organisations/${rival}/blocks/${dispute.body.id}`)).status).toBe(
    200,
  );
  await settled();
});

test('mutual interest ends with a block, but not where a meeting or a deal hangs on it', async () => {
  const need = await publish('need', enterprise, '隧道渗水');
  const pairs = [
    await publish('capability', institute, '隧道渗水'),
    await publish('capability', institute, '隧道渗水探测'),
  ];
  await runAll();
  const rows = await query<{ id: string; capability_id: string }>(
    'SELECT id, capability_id FROM match WHERE need_id = $1 ORDER BY capability_id',
    [need],
  );
  for (const { id } of rows)
    for (const person of [engineer, researcher])
      expect((await person.client.post(`/matches/${id}/answer`, { answer: 'interested' })).status).toBe(200);
  const kept = rows.find(({ capability_id: id }) => id === pairs[0])!;
  await query(
    `INSERT INTO deal (deal_no, need_id, capability_id, enterprise_id, institute_id, match_id, title, stage, created_by)
     SELECT 'D-TEST-1', $1, $2, $3, $4, $5, '合作', 'lead', $6`,
    [need, pairs[0], enterprise, institute, kept.id, engineer.id],
  );
  const stated = await block(researcher, institute, enterprise, 'other');
  expect([stated.body.withdrawn, stated.body.kept]).toEqual([1, 1]);
  expect(await listed(need)).toEqual([pairs[0]]);
  await settled();
  expect(await listed(need)).toEqual([pairs[0]]);
  const grants = await query<{ match_id: string }>(
    'SELECT DISTINCT match_id FROM sealed_grant WHERE match_id = ANY($1) AND revoked_at IS NULL',
    [rows.map(({ id }) => id)],
  );
  expect(grants).toEqual([{ match_id: kept.id }]);
  expect(
    (await researcher.client.delete(`/organisations/${institute}/blocks/${stated.body.id}`)).status,
  ).toBe(200);
  await settled();
  expect(await listed(need)).toEqual([...pairs].sort());
});

test('organisations of one group are never matched; only organizers say so, and no circle is made', async () => {
  const need = await publish('need', enterprise, '叶片覆冰');
  const offer = await publish('capability', institute, '叶片覆冰');
  await runAll();
  expect(await listed(need)).toEqual([offer]);
  const group = await makeOrganisation(platform, { kind: 'enterprise', name: '海洋集团', members: [] });
  const put = (person: TestPerson, id: string, parentId: string | null) =>
    person.client.put<OrganisationMatchSettings>(`/organisations/${id}/match-settings`, { parentId });
  expect((await put(engineer, enterprise, group)).status).toBe(403);
  expect((await put(organizer, enterprise, group)).status).toBe(200);
  const answer = await put(organizer, institute, group);
  expect(answer.body.group.map(({ name }) => name).sort()).toEqual(['深水企业', '海洋集团'].sort());
  expect((await put(organizer, group, institute)).body).toMatchObject({ code: 'organisation.parent-below' });
  await settled();
  expect(await listed(need)).toEqual([]);
  expect(await codeOf(need, offer)).toBe('same-group');
  for (const id of [enterprise, institute]) expect((await put(organizer, id, null)).status).toBe(200);
  await settled();
  expect(await listed(need)).toEqual([offer]);
});

test('directed records are matched with those they were opened to, closed ones never', async () => {
  const need = await publish('need', enterprise, '船体附着', { disclosure: 'directed' });
  const open = await publish('capability', institute, '船体附着');
  const directed = await publish('capability', rival, '船体附着', { disclosure: 'directed' });
  const closed = await publish('capability', institute, '船体附着清除', { disclosure: 'closed' });
  await runAll();
  expect(await listed(need)).toEqual([]);
  const grant = (path: string, organisationId: string) =>
    organizer.client.post(`/${path}/grants`, { to: { organisationId }, reason: '定向推荐' });
  expect((await grant(`needs/${need}`, institute)).status).toBeLessThan(300);
  await settled();
  expect(await listed(need)).toEqual([open]);
  expect((await grant(`needs/${need}`, rival)).status).toBeLessThan(300);
  await settled();
  expect(await listed(need)).toEqual([open]);
  expect((await grant(`capabilities/${directed}`, enterprise)).status).toBeLessThan(300);
  await settled();
  expect(await listed(need)).toEqual([open, directed].sort());
  expect(await listed(need)).not.toContain(closed);
});

test('a paused need or capability leaves the lists; a limit ends further proposals; a last day ends all', async () => {
  const [first, second] = [
    await publish('need', enterprise, '管道结垢'),
    await publish('need', enterprise, '管道结垢清洗'),
  ];
  const offer = await publish('capability', institute, '管道结垢');
  await runAll();
  expect([await listed(first), await listed(second)]).toEqual([[offer], [offer]]);
  const put = async (path: string, body: object, person = researcher) => {
    const answer = await person.client.put<RecordMatchSettings>(`/${path}/match-settings`, body);
    await settled();
    return answer;
  };
  expect((await put(`capabilities/${offer}`, { paused: true }, engineer)).status).toBe(404);
  expect((await put(`needs/${first}`, { paused: true }, engineer)).body.paused).toBe(true);
  expect([await listed(first), await listed(second)]).toEqual([[], [offer]]);
  await put(`needs/${first}`, { paused: false }, engineer);
  expect(await listed(first)).toEqual([offer]);

  const [pair] = await query<{ id: string }>('SELECT id FROM match WHERE need_id = $1', [first]);
  await put(`capabilities/${offer}`, { maxOpenMatches: 1 });
  expect(await listed(second)).toEqual([offer]);
  for (const person of [engineer, researcher])
    await person.client.post(`/matches/${pair!.id}/answer`, { answer: 'interested' });
  await settled();
  expect([await listed(first), await listed(second)]).toEqual([[offer], []]);
  expect(await codeOf(second, offer)).toBe('quota');
  const { body } = await researcher.client.get<RecordMatchSettings>(`/capabilities/${offer}/match-settings`);
  expect(body).toEqual({ paused: false, maxOpenMatches: 1, openMatches: 1, expiresAt: null, mayEdit: true });

  await engineer.client.post(`/matches/${pair!.id}/answer`, { answer: 'none' });
  await settled();
  expect(await listed(second)).toEqual([offer]);

  expect((await put(`capabilities/${offer}`, { expiresAt: '2020-01-01' })).body).toMatchObject({
    code: 'capability.expiry-past',
  });
  expect((await put(`capabilities/${offer}`, { paused: true })).body.paused).toBe(true);
  expect(await listed(second)).toEqual([]);
  await put(`capabilities/${offer}`, { paused: false });
  const over = (manager = platform.dataSource.manager) => queueExpiredCapabilities(manager, '2026-01-01');
  // In one transaction, or the worker's own sweep may come between.
  await platform.dataSource.transaction(async (manager) => {
    await manager.query(
      "UPDATE capability SET expires_at = '2020-01-01', version = version + 1 WHERE id = $1",
      [offer],
    );
    expect((await over(manager)).length).toBe(1);
    expect(await over(manager)).toEqual([]);
  });
  await organizer.client.post('/organizer/match-runs', { scope: 'capability', subjectId: offer });
  await settled();
  expect(await listed(second)).toEqual([]);
  expect(await over()).toEqual([]);
  expect(await codeOf(second, offer)).toBe('capability-expired');
});
