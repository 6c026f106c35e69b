import { randomUUID } from 'node:crypto';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { mailsTo, newestToken } from '../support/outbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let owner: TestPerson;
let colleague: TestPerson;
let organisationId: string;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());
beforeEach(async () => {
  owner = await makePerson(platform, { name: '机构管理员' });
  colleague = await makePerson(platform, { name: '同事' });
  organisationId = await makeOrganisation(platform, {
    kind: 'enterprise',
    name: '观澜测试公司',
    members: [owner, colleague],
  });
});

const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;
const path = (rest: string) => `/organisations/${organisationId}/${rest}`;
const members = async (): Promise<[string, string][]> => {
  const { body } = await owner.client.get<{ rows: { name: string; role: string }[] }>(path('members'));
  return body.rows.map((row) => [row.name, row.role]);
};

describe('invitations', () => {
  test('a colleague signs up by the link of the mail and joins', async () => {
    const email = `invited-${randomUUID().slice(0, 8)}@test.example`;
    const invited = await owner.client.post<{ rows: { email: string; role: string }[] }>(
      path('invitations'),
      {
        email,
        title: '工程师',
      },
    );
    expect([invited.status, invited.body.rows.map((row) => [row.email, row.role])]).toEqual([
      201,
      [[email, 'member']],
    ]);
    const token = await newestToken(platform, email);
    expect((await mailsTo(platform, email)).map((mail) => [mail.topic, mail.payload])).toEqual([
      [
        'join-organisation',
        { link: `/join?token=${token}`, organisation: '观澜测试公司', inviter: '机构管理员' },
      ],
    ]);
    const client = platform.client();
    expect((await client.post('/organisations/join/preview', { token })).body).toEqual({
      organisation: '观澜测试公司',
      inviter: '机构管理员',
      email,
      role: 'member',
    });
    expect((await client.post('/organisations/join', { token })).status).toBe(401);

    const password = 'correct horse battery';
    await client.post('/auth/sign-up', { email, name: '新同事', password, next: `/join?token=${token}` });
    await client.post('/auth/verify-email', { token: await newestToken(platform, email) });
    await client.post('/auth/sign-in', { email, password });
    const joined = await client.post('/organisations/join', { token });
    expect([joined.status, joined.body]).toEqual([200, { organisationId, name: '观澜测试公司' }]);
    expect(await members()).toEqual([
      ['机构管理员', 'owner'],
      ['同事', 'member'],
      ['新同事', 'member'],
    ]);
    const again = await client.post('/organisations/join', { token });
    expect([again.status, code(again)]).toEqual([410, 'auth.link-invalid']);
    expect((await owner.client.get<{ rows: unknown[] }>(path('invitations'))).body.rows).toEqual([]);
  });

  test('of two people with the same link one joins', async () => {
    const [a, b] = [await makePerson(platform), await makePerson(platform)];
    await owner.client.post(path('invitations'), { email: a.email, role: 'owner' });
    const token = await newestToken(platform, a.email);
    const answers = await Promise.all(
      [a, b].map((person) => person.client.post('/organisations/join', { token })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410]);
    expect((await members()).map(([, role]) => role).sort()).toEqual(['member', 'owner', 'owner']);
  });

  test('a member does not use the link up, a second mail voids the first, a withdrawn one is void', async () => {
    const guest = await makePerson(platform);
    await owner.client.post(path('invitations'), { email: guest.email });
    const first = await newestToken(platform, guest.email);
    const refused = await colleague.client.post('/organisations/join', { token: first });
    expect([refused.status, code(refused)]).toEqual([409, 'organisation.you-are-member']);

    const again = await owner.client.post<{ rows: { id: string }[] }>(path('invitations'), {
      email: guest.email,
    });
    const second = await newestToken(platform, guest.email);
    expect(code(await guest.client.post('/organisations/join', { token: first }))).toBe('auth.link-invalid');
    expect(again.body.rows).toHaveLength(1);
    const invitation = path(`invitations/${again.body.rows[0]!.id}`);
    expect((await owner.client.delete(invitation)).status).toBe(200);
    expect(code(await owner.client.delete(invitation))).toBe('organisation.invitation-not-found');
    expect(code(await guest.client.post('/organisations/join', { token: second }))).toBe('auth.link-invalid');
  });

  test('members, strangers and owners of other organisations invite nobody', async () => {
    const stranger = await makePerson(platform);
    await makeOrganisation(platform, { kind: 'enterprise', members: [stranger] });
    const body = { email: 'someone@test.example' };
    expect((await colleague.client.post(path('invitations'), body)).status).toBe(403);
    expect((await stranger.client.post(path('invitations'), body)).status).toBe(403);
    expect((await stranger.client.get(path('invitations'))).status).toBe(403);
    expect((await stranger.client.get(path('members'))).status).toBe(403);
    expect((await platform.client().post(path('invitations'), body)).status).toBe(401);
    expect(code(await owner.client.post(path('invitations'), { email: colleague.email }))).toBe(
      'organisation.already-member',
    );
    expect(await mailsTo(platform, body.email)).toEqual([]);
  });
});

describe('members', () => {
  test('the last owner neither leaves nor becomes a member', async () => {
    const self = path(`members/${owner.id}`);
    for (const answer of [
      await owner.client.delete(self),
      await owner.client.patch(self, { role: 'member' }),
    ]) {
      expect([answer.status, code(answer)]).toEqual([409, 'organisation.last-owner']);
    }
    await owner.client.patch(path(`members/${colleague.id}`), { role: 'owner', title: '副总' });
    expect((await owner.client.delete(self)).status).toBe(200);
    expect((await owner.client.get(path('members'))).status).toBe(403);
    const { body } = await colleague.client.get<{ rows: { title: string; role: string; me: boolean }[] }>(
      path('members'),
    );
    expect(body.rows.map(({ title, role, me }) => [title, role, me])).toEqual([['副总', 'owner', true]]);
  });

  test('of two owners who leave at the same moment one stays', async () => {
    await owner.client.patch(path(`members/${colleague.id}`), { role: 'owner' });
    const answers = await Promise.all(
      [owner, colleague].map((person) => person.client.delete(path(`members/${person.id}`))),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const [{ owners }] = await platform.dataSource.query(
      `SELECT count(*)::int AS owners FROM membership WHERE organisation_id = $1 AND role = 'owner'`,
      [organisationId],
    );
    expect(owners).toBe(1);
  });

  test('a member leaves, an owner removes, a member removes nobody', async () => {
    const third = await makePerson(platform, { name: '第三人' });
    await platform.dataSource.query('INSERT INTO membership (organisation_id, person_id) VALUES ($1, $2)', [
      organisationId,
      third.id,
    ]);
    expect((await colleague.client.delete(path(`members/${third.id}`))).status).toBe(403);
    expect((await colleague.client.patch(path(`members/${colleague.id}`), { role: 'owner' })).status).toBe(
      403,
    );
    expect((await owner.client.delete(path(`members/${third.id}`))).status).toBe(200);
    expect((await colleague.client.delete(path(`members/${colleague.id}`))).status).toBe(200);
    expect(await members()).toEqual([['机构管理员', 'owner']]);
    expect(code(await owner.client.delete(path(`members/${third.id}`)))).toBe(
      'organisation.member-not-found',
    );
    const trace = await platform.dataSource.query(
      `SELECT action, actor_id FROM audit_entry WHERE subject_id = $1 ORDER BY id`,
      [organisationId],
    );
    expect(trace).toEqual([
      { action: 'remove-member', actor_id: owner.id },
      { action: 'leave-organisation', actor_id: colleague.id },
    ]);
  });

  test('a person belongs to several organisations with different roles', async () => {
    await makeOrganisation(platform, { kind: 'university', name: '第二机构', members: [colleague] });
    const { body } = await colleague.client.get<{
      person: { organisations: { name: string; kind: string; role: string }[] };
    }>('/me');
    expect(body.person.organisations.map(({ name, kind, role }) => [name, kind, role])).toEqual([
      ['观澜测试公司', 'enterprise', 'member'],
      ['第二机构', 'university', 'owner'],
    ]);
  });
});
