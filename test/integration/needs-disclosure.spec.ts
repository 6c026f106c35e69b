import fc from 'fast-check';
import { needLevel } from '#libs/domain/access/need-access.js';
import { FIELDS_BY_LEVEL } from '#libs/domain/market/market-fields.js';
import { hashToken } from '#libs/platform/auth/session-cookie.js';
import { loadActors } from '#libs/persistence/identity/load-actor.js';
import { countQueries } from '../support/count-queries.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import type { TestClient } from '../support/client.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let owner: TestPerson;
let matched: TestPerson;
let stranger: TestPerson;
let organizer: TestPerson;
let broker: TestPerson;
let organisation: string;
let matchedOrganisation: string;

beforeAll(async () => {
  platform = await startTestPlatform();
  owner = await makePerson(platform);
  matched = await makePerson(platform);
  stranger = await makePerson(platform);
  organizer = await makePerson(platform, { roles: ['organizer'] });
  broker = await makePerson(platform, { roles: ['broker'] });
  organisation = await makeOrganisation(platform, { kind: 'enterprise', name: '密封企业', members: [owner] });
  matchedOrganisation = await makeOrganisation(platform, { kind: 'institute', members: [matched] });
  await makeOrganisation(platform, { kind: 'institute', name: '旁观机构', members: [stranger] });
});
afterAll(() => platform.stop());

const rows = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  platform.dataSource.query(sql, values);

const SECRETS = {
  full: ['<problem>', '<keyTech>', '<expectedGoal>', '<existingBasis>', '<partner>', '<raw>', '密封企业'],
  sealed: ['<contactName>', '<phone>', 'sealed@test.example', '123456.75'],
};

/** A need whose every hidden value is a word that can be found in an answer. */
async function makeNeed(status: string, disclosure: string, isMatched: boolean): Promise<string> {
  const [need] = await rows<{ id: string }>(
    `INSERT INTO need (organisation_id, created_by, status, disclosure, title, problem, key_tech, expected_goal,
       existing_basis, preferred_partner, public_summary, keywords, fields, contact_name, contact_phone, contact_email,
       budget_min_wan, original)
     VALUES ($1, $2, $3, $4, '标题', '<problem>', '<keyTech>', '<expectedGoal>', '<existingBasis>', '<partner>', '<summary>',
       '{词}', '{08.08}', '<contactName>', '<phone>', 'sealed@test.example', 123456.75, '{"all": "<contactName>"}') RETURNING id`,
    [organisation, owner.id, status, disclosure],
  );
  await rows(
    `INSERT INTO indicator (need_id, position, name, comparator, value, raw) VALUES ($1, 1, '<raw>', 'le', 1, '<raw>')`,
    [need!.id],
  );
  if (isMatched) {
    await rows(
      `WITH offer AS (INSERT INTO capability (organisation_id, status, title) VALUES ($2, 'published', 'c') RETURNING id)
       INSERT INTO match (need_id, capability_id, score, rank, factors, reasons, model_version, need_version, capability_version)
       SELECT $1, id, 0.5, 1, '[]', '[]', 'default-1', 1, 1 FROM offer`,
      [need!.id, matchedOrganisation],
    );
  }
  return need!.id;
}

const leaks = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

test('no answer holds a sealed word unless the level allows it', async () => {
  const readers = { visitor: null, owner, matched, stranger, organizer, broker };
  const names = Object.keys(readers) as (keyof typeof readers)[];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('draft', 'submitted', 'published', 'engaged', 'closed', 'withdrawn'),
      fc.constantFrom('public' as const, 'redacted' as const, 'directed' as const, 'closed' as const),
      fc.boolean(),
      fc.constantFrom(...names),
      async (status, disclosure, isMatched, name) => {
        const id = await makeNeed(status, disclosure, isMatched);
        const reader = readers[name];
        const client = reader?.client ?? platform.client();
        const actor = reader === null ? null : await actorOf(reader.id);
        const ties = { granted: false, matched: isMatched && name === 'matched' };
        const level = needLevel(actor, { organisationId: organisation, status, disclosure }, ties);
        const answer = await client.get(`/needs/${id}`);
        const text = JSON.stringify(answer.body);
        const readable = level === 'sealed-too' ? ['full', 'sealed'] : level === 'full' ? ['full'] : [];
        expect(answer.status).toBe(level === 'none' ? 404 : 200);
        expect(leaks(text, SECRETS.full)).toEqual(readable.includes('full') ? SECRETS.full : []);
        expect(leaks(text, SECRETS.sealed)).toEqual(readable.includes('sealed') ? SECRETS.sealed : []);
        await checkLists(client, id, level);
        await rows('DELETE FROM need WHERE id = $1', [id]);
      },
    ),
    { numRuns: 60 },
  );
});

/** The lists decide as the single record does, and never show more than a card. */
async function checkLists(client: TestClient, id: string, level: string): Promise<void> {
  const statuses = ['draft', 'submitted', 'published', 'engaged', 'closed', 'withdrawn'];
  const query = statuses.map((status) => `status=${status}`).join('&');
  const list = await client.get<{ rows: { id: string }[]; total: number }>(`/needs?${query}`);
  expect([list.body.rows.map((row) => row.id), list.body.total]).toEqual(
    level === 'none' ? [[], 0] : [[id], 1],
  );
  const text = JSON.stringify(list.body);
  expect(leaks(text, SECRETS.sealed)).toEqual([]);
  if (level === 'redacted') expect(leaks(text, SECRETS.full)).toEqual([]);
}

async function actorOf(personId: string) {
  const token = `token-${personId}`;
  await rows(
    `INSERT INTO session (person_id, token_hash, expires_at) VALUES ($1, $2, now() + interval '1 day') ON CONFLICT DO NOTHING`,
    [personId, hashToken(token)],
  );
  const hash = hashToken(token);
  return (await loadActors(platform.dataSource.manager, [hash])).get(hash) ?? null;
}

test('the redacted version names what it hides', async () => {
  const id = await makeNeed('published', 'redacted', false);
  const { body } = await platform.client().get<Record<string, unknown>>(`/needs/${id}`);
  expect([body['title'], body['publicSummary'], body['organisationName'], body['budgetNegotiable']]).toEqual([
    '标题',
    '<summary>',
    null,
    null,
  ]);
  expect(body['sealed']).toEqual([...FIELDS_BY_LEVEL.need.full, ...FIELDS_BY_LEVEL.need.sealed]);
  await rows('DELETE FROM need');
});

test('a filter does not tell what the record hides', async () => {
  const id = await makeNeed('published', 'redacted', false);
  await rows(`UPDATE need SET solve_modes = '{joint}' WHERE id = $1`, [id]);
  const found = async (client: TestClient, query: string) =>
    (await client.get(`/needs?${query}`)).body['total'];
  expect(await found(stranger.client, 'mode=joint')).toBe(0);
  expect(await found(owner.client, 'mode=joint')).toBe(1);
  expect(await found(stranger.client, 'q=problem')).toBe(0);
  expect(await found(stranger.client, 'q=SUMMARY')).toBe(1);
  expect(await found(stranger.client, 'q=%25')).toBe(0);
  expect(await found(stranger.client, 'field=08')).toBe(1);
  expect(await found(stranger.client, 'field=0')).toBe(0);
  expect(await found(stranger.client, 'mine=true')).toBe(0);
  expect(await found(platform.client(), 'mine=true')).toBe(0);
  expect(await found(owner.client, 'mine=true')).toBe(1);
  await rows('DELETE FROM need');
});

test('a grant opens everything until it is revoked, and every reading is logged', async () => {
  const id = await makeNeed('published', 'directed', false);
  const sight = async () => {
    const { status, body } = await stranger.client.get(`/needs/${id}`);
    return status === 200 ? [body['readable'], body['contactName'], body['budgetMinWan']] : status;
  };
  expect(await sight()).toBe(404);
  const refused = await organizer.client.post(`/needs/${id}/grants`, {
    to: { name: '无此机构' },
    reason: 'r',
  });
  expect([refused.status, refused.body['code']]).toEqual([422, 'market.grantee-unknown']);
  expect(
    (await owner.client.post(`/needs/${id}/grants`, { to: { name: '旁观机构' }, reason: 'r' })).status,
  ).toBe(403);
  await Promise.all(
    [1, 2].map(() =>
      organizer.client.post(`/needs/${id}/grants`, { to: { name: '旁观机构' }, reason: '对接' }),
    ),
  );
  const { body } = await organizer.client.get<{ grants: { id: string; organisationName: string }[] }>(
    `/needs/${id}/grants`,
  );
  expect(body.grants.map((grant) => grant.organisationName)).toEqual(['旁观机构']);
  expect(await sight()).toEqual(['sealed-too', '<contactName>', 123456.75]);
  const ended = await organizer.client.delete(`/needs/${id}/grants/${body.grants[0]!.id}`);
  expect([ended.status, ended.body]).toEqual([200, { grants: [] }]);
  expect((await organizer.client.delete(`/needs/${id}/grants/${body.grants[0]!.id}`)).status).toBe(404);
  expect(await sight()).toBe(404);
  await owner.client.get(`/needs/${id}`);
  expect(
    await rows('SELECT actor_id, action FROM audit_entry WHERE subject_id = $1 ORDER BY id', [id]),
  ).toEqual([
    { actor_id: organizer.id, action: 'give-grant' },
    { actor_id: stranger.id, action: 'read-sealed' },
    { actor_id: organizer.id, action: 'revoke-grant' },
  ]);
  await rows('DELETE FROM need');
});

test('a list takes as many queries for three needs as for one', async () => {
  const list = (client: TestClient) =>
    countQueries(platform, async () => {
      expect((await client.get('/needs')).status).toBe(200);
    });
  await makeNeed('published', 'redacted', true);
  const [visitorOne, matchedOne, staffOne] = [
    await list(platform.client()),
    await list(matched.client),
    await list(organizer.client),
  ];
  await makeNeed('published', 'redacted', false);
  await makeNeed('published', 'public', true);
  expect([await list(platform.client()), await list(matched.client), await list(organizer.client)]).toEqual([
    visitorOne,
    matchedOne,
    staffOne,
  ]);
});
