import { usccCheckDigit } from '#libs/domain/organisation/check-uscc.js';
import { countQueries } from '../support/count-queries.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { mailsTo } from '../support/outbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

type View = {
  id: string;
  name: string;
  status: string;
  statusNote: string | null;
  updatedAt: string;
  myRole: string | null;
  may: Record<string, boolean>;
};
type Page = { rows: { id: string; status: string; myRole: string | null }[]; total: number };
const code = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

let serial = 0;
const newUscc = (): string => {
  serial += 1;
  const body = `91440115MB8${String(serial).padStart(6, '0')}`;
  return body + usccCheckDigit(body);
};
const CONTACT = { name: '封存联系人', phone: '020-84001299', email: 'sealed-contact@test.example' };
const details = () => ({
  name: `测试海洋装备公司${serial}`,
  kind: 'enterprise',
  uscc: newUscc(),
  regionCode: '440115',
  intro: '研制水下机器人。',
  enterpriseStatus: ['high-tech'],
  contact: CONTACT,
  title: '总经理',
});

async function registered(owner: TestPerson, extra: Record<string, unknown> = {}): Promise<View> {
  const answer = await owner.client.post<View>('/organisations', { ...details(), ...extra });
  expect(answer.status).toBe(201);
  return answer.body;
}
async function verified(owner: TestPerson): Promise<View> {
  const { id } = await registered(owner);
  return (await organizer.client.post<View>(`/organisations/${id}/verify`, {})).body;
}

describe('registration', () => {
  test('the creator becomes owner and the organisation waits', async () => {
    const owner = await makePerson(platform);
    const view = await registered(owner);
    expect([view.status, view.myRole]).toEqual(['pending', 'owner']);
    expect(view.may).toEqual({
      edit: true,
      manageMembers: true,
      seeMembers: true,
      readContact: true,
      verify: false,
    });
    const members = await owner.client.get<{ rows: { name: string; role: string; title: string }[] }>(
      `/organisations/${view.id}/members`,
    );
    expect(members.body.rows.map(({ name, role, title }) => [name, role, title])).toEqual([
      [owner.name, 'owner', '总经理'],
    ]);
    expect((await platform.client().post('/organisations', details())).status).toBe(401);
  });

  test('a wrong code is refused with its reason, a lower-case one is normalised', async () => {
    const owner = await makePerson(platform);
    const attempt = (uscc: string) => owner.client.post<View>('/organisations', { ...details(), uscc });
    const good = newUscc();
    const wrongDigit = good.slice(0, 17) + (good.endsWith('0') ? '1' : '0');
    expect(code(await attempt('91440115'))).toBe('organisation.uscc-length');
    expect(code(await attempt('9144011500000000I0'))).toBe('organisation.uscc-alphabet');
    expect(code(await attempt(wrongDigit))).toBe('organisation.uscc-check-digit');
    const answer = await attempt(` ${good.toLowerCase()} `);
    expect([answer.status, (answer.body as View & { uscc: string }).uscc]).toEqual([201, good]);
  });

  test('a code that is registered already names the organisation, also in a race', async () => {
    const [a, b] = [await makePerson(platform), await makePerson(platform)];
    const uscc = newUscc();
    const answers = await Promise.all(
      [a, b].map((person) =>
        person.client.post('/organisations', { ...details(), name: '同一家公司', uscc }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    const refused = answers.find((answer) => answer.status === 409)!;
    expect([code(refused), refused.body['params']]).toEqual([
      'organisation.uscc-taken',
      { name: '同一家公司' },
    ]);
    expect(refused.body['detail']).toContain('邀请您加入');
    const [{ members }] = await platform.dataSource.query(
      'SELECT count(*)::int AS members FROM membership WHERE person_id = ANY ($1)',
      [[a.id, b.id]],
    );
    expect(members).toBe(1);
  });

  test('unknown codes of lists are refused by field', async () => {
    const owner = await makePerson(platform);
    const answer = await owner.client.post('/organisations', {
      ...details(),
      kind: 'castle',
      regionCode: '999999',
    });
    expect(answer.status).toBe(400);
    expect((answer.body['problems'] as { field: string }[]).map((problem) => problem.field).sort()).toEqual([
      'kind',
      'regionCode',
    ]);
  });
});

describe('who sees what', () => {
  test('a waiting organisation is seen by its members and staff only', async () => {
    const owner = await makePerson(platform);
    const { id } = await registered(owner);
    const stranger = await makePerson(platform);
    for (const client of [platform.client(), stranger.client]) {
      const answer = await client.get(`/organisations/${id}`);
      expect([answer.status, code(answer)]).toEqual([404, 'organisation.not-found']);
    }
    expect((await owner.client.get(`/organisations/${id}`)).status).toBe(200);
    expect((await organizer.client.get(`/organisations/${id}`)).status).toBe(200);
    const listed = async (client: TestPerson['client'], query = '') =>
      (await client.get<Page>(`/organisations?pageSize=200${query}`)).body.rows.some((row) => row.id === id);
    expect(await listed(stranger.client)).toBe(false);
    expect(await listed(stranger.client, '&status=pending')).toBe(false);
    expect(await listed(owner.client, '&mine=true')).toBe(true);
    expect(await listed(organizer.client, '&status=pending')).toBe(true);
    expect(await listed(organizer.client, '&mine=true')).toBe(false);
  });

  test('the contact never leaves for a stranger; staff and holders of a grant leave a trace', async () => {
    const owner = await makePerson(platform);
    const { id } = await verified(owner);
    const stranger = await makePerson(platform);
    const texts = [
      await (await platform.client().raw(`/organisations/${id}`)).text(),
      await (await stranger.client.raw(`/organisations/${id}`)).text(),
      await (await stranger.client.raw('/organisations?pageSize=200')).text(),
      await (await organizer.client.raw('/organisations?pageSize=200')).text(),
      await (await stranger.client.raw(`/organisations/${id}/contact`)).text(),
    ];
    for (const text of texts) {
      for (const secret of Object.values(CONTACT)) expect(text).not.toContain(secret);
    }
    const refused = await stranger.client.get(`/organisations/${id}/contact`);
    expect([refused.status, code(refused)]).toEqual([403, 'organisation.contact-sealed']);
    expect((await platform.client().get(`/organisations/${id}/contact`)).status).toBe(401);

    const broker = await makePerson(platform, { roles: ['broker'] });
    await platform.dataSource.query(
      `INSERT INTO sealed_grant (subject_kind, subject_id, person_id, reason) VALUES ('organisation', $1, $2, 'test')`,
      [id, stranger.id],
    );
    const partner = await makePerson(platform);
    const partnerOrganisation = await makeOrganisation(platform, { kind: 'university', members: [partner] });
    await platform.dataSource.query(
      `INSERT INTO sealed_grant (subject_kind, subject_id, organisation_id, reason) VALUES ('organisation', $1, $2, 'test')`,
      [id, partnerOrganisation],
    );
    for (const reader of [owner, organizer, broker, stranger, partner]) {
      const answer = await reader.client.get(`/organisations/${id}/contact`);
      expect([answer.status, answer.body]).toEqual([200, CONTACT]);
    }
    const trace = await platform.dataSource.query(
      `SELECT actor_id, detail->>'reason' AS reason FROM audit_entry
       WHERE action = 'read-sealed' AND subject_id = $1 ORDER BY id`,
      [id],
    );
    expect(trace).toEqual([
      { actor_id: organizer.id, reason: 'staff' },
      { actor_id: broker.id, reason: 'staff' },
      { actor_id: stranger.id, reason: 'grant' },
      { actor_id: partner.id, reason: 'grant' },
    ]);
    await platform.dataSource.query('UPDATE sealed_grant SET revoked_at = now() WHERE person_id = $1', [
      stranger.id,
    ]);
    expect((await stranger.client.get(`/organisations/${id}/contact`)).status).toBe(403);
  });

  test('the list is filtered by kind, region and words', async () => {
    const owner = await makePerson(platform);
    const count = async (path: string) => (await owner.client.get<Page>(path)).body.total;
    for (const [name, region] of [
      ['滨海唯一甲', '440115'],
      ['滨海唯一乙', '440106'],
      ['滨海唯一丙', '31'],
    ]) {
      await registered(owner, { name, regionCode: region, kind: 'university' });
    }
    expect(await count('/organisations?mine=true&q=滨海唯一')).toBe(3);
    expect(await count('/organisations?mine=true&q=滨海唯一&region=4401')).toBe(2);
    expect(await count('/organisations?mine=true&q=滨海唯一&region=44&kind=enterprise')).toBe(0);
    expect(await count('/organisations?mine=true&kind=enterprise&kind=university')).toBe(3);
    expect(await count('/organisations?q=100%25')).toBe(0);
    const one = await countQueries(platform, () => count('/organisations?mine=true&q=滨海唯一甲'));
    const three = await countQueries(platform, () => count('/organisations?mine=true&q=滨海唯一'));
    expect([one, three]).toEqual([3, 3]);
  });
});

describe('verification', () => {
  test('an organizer verifies; the owners get a mail; a second time is refused', async () => {
    const owner = await makePerson(platform);
    const { id, name } = await registered(owner);
    expect((await owner.client.post(`/organisations/${id}/verify`, {})).status).toBe(403);
    const answers = await Promise.all(
      [1, 2].map(() => organizer.client.post<View>(`/organisations/${id}/verify`, { note: '材料齐全' })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(code(answers.find((answer) => answer.status === 409)!)).toBe('organisation.already-verified');
    const mails = await mailsTo(platform, owner.email);
    expect(mails.map((mail) => [mail.topic, mail.payload])).toEqual([
      [
        'organisation-verified',
        { organisation: name, outcome: 'verified', note: '材料齐全', link: `/organisations/${id}` },
      ],
    ]);
    expect((await platform.client().get<View>(`/organisations/${id}`)).body.statusNote).toBe(null);
  });

  test('a rejection needs a note; an edit by the owner asks again', async () => {
    const owner = await makePerson(platform);
    const { id } = await registered(owner);
    expect((await organizer.client.post(`/organisations/${id}/reject`, { note: ' ' })).status).toBe(400);
    const rejected = await organizer.client.post<View>(`/organisations/${id}/reject`, { note: '请上传执照' });
    expect([rejected.body.status, rejected.body.statusNote]).toEqual(['rejected', '请上传执照']);
    const edited = await owner.client.patch<View>(`/organisations/${id}`, { intro: '已补充。' });
    expect([edited.body.status, edited.body.statusNote]).toEqual(['pending', null]);
  });

  test('a new name by the owner is looked at again, a new introduction or an organizer’s edit is not', async () => {
    const owner = await makePerson(platform);
    const { id } = await verified(owner);
    const edit = async (person: TestPerson, body: Record<string, unknown>) =>
      (await person.client.patch<View>(`/organisations/${id}`, body)).body.status;
    expect(await edit(owner, { intro: '新的介绍', shortName: '' })).toBe('verified');
    expect(await edit(organizer, { name: '组织者改的名字' })).toBe('verified');
    expect(await edit(owner, { name: '机构自己改的名字' })).toBe('pending');
    const [row] = await platform.dataSource.query(
      'SELECT short_name, verified_by, verified_at, contact_name FROM organisation WHERE id = $1',
      [id],
    );
    expect(row).toEqual({
      short_name: null,
      verified_by: null,
      verified_at: null,
      contact_name: CONTACT.name,
    });
  });

  test('an edit based on an old version, by a member or by a stranger is refused', async () => {
    const owner = await makePerson(platform);
    const member = await makePerson(platform);
    const other = await makePerson(platform);
    await makeOrganisation(platform, { kind: 'enterprise', members: [other] });
    const { id, updatedAt } = await verified(owner);
    await platform.dataSource.query(
      `INSERT INTO membership (organisation_id, person_id, role) VALUES ($1, $2, 'member')`,
      [id, member.id],
    );
    const edit = (person: TestPerson, basedOn?: string) =>
      person.client.patch<View>(`/organisations/${id}`, { intro: '改', basedOn });
    expect((await edit(member)).status).toBe(403);
    expect((await edit(other)).status).toBe(403);
    const first = await edit(owner, updatedAt);
    expect(first.status).toBe(200);
    const stale = await edit(owner, updatedAt);
    expect([stale.status, code(stale)]).toEqual([409, 'record.changed']);
    expect((await edit(owner, first.body.updatedAt)).status).toBe(200);
  });
});
