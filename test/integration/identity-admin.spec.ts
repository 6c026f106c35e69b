import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let administrator: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  administrator = await makePerson(platform, { name: '管理员甲', roles: ['administrator'] });
});
afterAll(() => platform.stop());

const code = (answer: { body: Record<string, unknown> }) => answer.body['code'];
type Page<Row> = { rows: Row[]; total: number };
type PersonRow = {
  id: string;
  name: string;
  roles: string[];
  disabled: boolean;
  organisations: { name: string }[];
};

describe('people', () => {
  test('are found by name, address and organisation, and filtered by role', async () => {
    const person = await makePerson(platform, { name: '寻找的人', roles: ['broker'] });
    await makeOrganisation(platform, { kind: 'enterprise', name: '独特名称海工公司', members: [person] });
    const find = async (query: string) =>
      (await administrator.client.get<Page<PersonRow>>(`/admin/people?${query}`)).body;
    for (const query of ['q=寻找的', `q=${person.email.toUpperCase()}`, 'q=独特名称']) {
      const { rows, total } = await find(query);
      expect([total, rows.map((row) => [row.id, row.organisations.map((o) => o.name)])]).toEqual([
        1,
        [[person.id, ['独特名称海工公司']]],
      ]);
    }
    expect((await find('role=broker')).rows.map((row) => row.id)).toEqual([person.id]);
    expect((await find('role=broker&disabled=true')).total).toBe(0);
  });

  test('only administrators see them', async () => {
    const organizer = await makePerson(platform, { roles: ['organizer'] });
    expect((await organizer.client.get('/admin/people')).status).toBe(403);
    expect((await platform.client().get('/admin/people')).status).toBe(401);
    expect((await organizer.client.put(`/admin/people/${organizer.id}/roles`, { roles: [] })).status).toBe(
      403,
    );
  });

  test('get roles, are disabled and enabled; a disabled person is signed out', async () => {
    const person = await makePerson(platform);
    const roles = await administrator.client.put<PersonRow>(`/admin/people/${person.id}/roles`, {
      roles: ['organizer', 'broker', 'organizer'],
    });
    expect([roles.status, roles.body.roles]).toEqual([200, ['broker', 'organizer']]);
    const disabled = await administrator.client.post<PersonRow>(`/admin/people/${person.id}/disable`);
    expect([disabled.status, disabled.body.disabled]).toEqual([200, true]);
    expect((await person.client.get('/me')).body['person']).toBe(null);
    const enabled = await administrator.client.post<PersonRow>(`/admin/people/${person.id}/enable`);
    expect([enabled.status, enabled.body.disabled]).toEqual([200, false]);
    expect((await person.client.get('/me')).body['person']).toBe(null);

    const { body } = await administrator.client.get<Page<Record<string, unknown>>>(
      `/admin/audit?subjectKind=person&subjectId=${person.id}`,
    );
    expect(
      body.rows.map(({ action, detail, subjectName, actor }) => [action, detail, subjectName, actor]),
    ).toEqual(
      [
        ['enable-person', {}],
        ['disable-person', { sessions: 1 }],
        ['set-platform-roles', { before: [], after: ['broker', 'organizer'] }],
      ].map((entry) => [
        ...entry,
        person.name,
        { id: administrator.id, name: '管理员甲', email: administrator.email },
      ]),
    );
    const unknown = await administrator.client.post(
      '/admin/people/00000000-0000-4000-8000-000000000000/disable',
    );
    expect([unknown.status, code(unknown)]).toEqual([404, 'person.not-found']);
  });

  test('the last administrator stays, also when two remove each other at the same moment', async () => {
    for (const attempt of [
      administrator.client.put(`/admin/people/${administrator.id}/roles`, { roles: ['organizer'] }),
      administrator.client.post(`/admin/people/${administrator.id}/disable`),
    ]) {
      const answer = await attempt;
      expect([answer.status, code(answer)]).toEqual([409, 'person.last-administrator']);
    }
    const second = await makePerson(platform, { roles: ['administrator'] });
    const answers = await Promise.all([
      administrator.client.put(`/admin/people/${second.id}/roles`, { roles: [] }),
      second.client.post(`/admin/people/${administrator.id}/disable`),
    ]);
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const [{ count }] = await platform.dataSource.query(
      `SELECT count(*)::int AS count FROM person WHERE 'administrator' = ANY (platform_roles) AND disabled_at IS NULL`,
    );
    expect(count).toBe(1);
    await platform.dataSource.query(
      `UPDATE person SET disabled_at = NULL, platform_roles = '{administrator}' WHERE id = $1`,
      [administrator.id],
    );
  });
});

describe('the audit log', () => {
  test('is paged and filtered by action, actor and time, and nobody changes it', async () => {
    const auditor = await makePerson(platform, { name: '审计员', roles: ['administrator'] });
    const { manager } = platform.dataSource;
    for (const [day, action] of [
      ['2020-01-01', 'test-first'],
      ['2020-01-02', 'test-second'],
      ['2020-01-03', 'test-second'],
    ]) {
      await manager.query(
        `INSERT INTO audit_entry (at, actor_id, action, subject_kind, subject_id) VALUES ($1, $2, $3, 'test', 'x-1')`,
        [`${day}T00:00:00Z`, auditor.id, action],
      );
    }
    const list = async (query: string) => {
      const { body } = await auditor.client.get<Page<{ at: string; action: string }>>(
        `/admin/audit?${query}`,
      );
      return [body.total, body.rows.map((row) => [row.at.slice(0, 10), row.action])];
    };
    expect(await list('subjectKind=test&action=test-second')).toEqual([
      2,
      [
        ['2020-01-03', 'test-second'],
        ['2020-01-02', 'test-second'],
      ],
    ]);
    expect(await list('subjectKind=test&pageSize=1&page=3')).toEqual([3, [['2020-01-01', 'test-first']]]);
    expect(await list(`actorId=${auditor.id}&from=2020-01-02T00:00:00Z&to=2020-01-03T00:00:00Z`)).toEqual([
      1,
      [['2020-01-02', 'test-second']],
    ]);
    expect(await list('q=审计员&action=test-first')).toEqual([1, [['2020-01-01', 'test-first']]]);
    const words = await auditor.client.get<{ actions: string[] }>('/admin/audit/words');
    expect(words.body.actions.filter((action) => action.startsWith('test-'))).toEqual([
      'test-first',
      'test-second',
    ]);
    await expect(manager.query(`UPDATE audit_entry SET action = 'x'`)).rejects.toThrow('append-only');
    const organizer = await makePerson(platform, { roles: ['organizer'] });
    expect((await organizer.client.get('/admin/audit')).status).toBe(403);
  });
});
