import type { MeetingResult } from '#libs/contracts/results/meeting-result.js';
import type { NeedAcceptanceView } from '#libs/contracts/results/need-acceptance.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';

let platform: TestPlatform;
let buyer: TestPerson;
let colleague: TestPerson;
let researcher: TestPerson;
let stranger: TestPerson;
let organizer: TestPerson;
let administrator: TestPerson;
let broker: TestPerson;
let enterpriseId: string;
let instituteId: string;
let eventId: string;
let tables = 0;
const HOUR = 3_600_000;

beforeAll(async () => {
  platform = await startTestPlatform();
  [buyer, colleague, researcher, stranger] = await Promise.all([
    makePerson(platform, { name: '买方' }),
    makePerson(platform, { name: '买方同事' }),
    makePerson(platform, { name: '研究员' }),
    makePerson(platform),
  ]);
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
  administrator = await makePerson(platform, { roles: ['administrator'] });
  broker = await makePerson(platform, { roles: ['broker'] });
  enterpriseId = await makeOrganisation(platform, { kind: 'enterprise', members: [buyer, colleague] });
  instituteId = await makeOrganisation(platform, { kind: 'institute', members: [researcher] });
  await makeOrganisation(platform, { kind: 'enterprise', members: [stranger] });
  const [event] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO event (kind, title, starts_at, ends_at, capacity, state)
     VALUES ('matchmaking', '对接会', now() - interval '5 hours', now() + interval '5 hours', 10, 'published') RETURNING id`,
  );
  eventId = event!.id;
});
afterAll(() => platform.stop());

async function makeNeed(status: string, disclosure = 'public'): Promise<string> {
  const [need] = await platform.dataSource.query<{ id: string }[]>(
    'INSERT INTO need (organisation_id, status, title, disclosure) VALUES ($1, $2, $3, $4) RETURNING id',
    [enterpriseId, status, '密封材料', disclosure],
  );
  return need!.id;
}

async function makeMeeting(offsetMs: number, status = 'scheduled', needId: string | null = null) {
  tables += 1;
  const start = new Date(Date.now() + offsetMs);
  const [table] = await platform.dataSource.query<{ id: string }[]>(
    'INSERT INTO meeting_table (event_id, label, position) VALUES ($1, $2, $3) RETURNING id',
    [eventId, `T${tables}`, tables],
  );
  const [meeting] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO meeting (event_id, need_id, enterprise_id, institute_id, enterprise_person_id, institute_person_id,
                          status, starts_at, ends_at, table_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      eventId,
      needId,
      enterpriseId,
      instituteId,
      buyer.id,
      researcher.id,
      status,
      start,
      new Date(start.getTime() + 20 * 60_000),
      table!.id,
    ],
  );
  return meeting!.id;
}

const record = (person: TestPerson, id: string, outcome: string) =>
  person.client.post<MeetingResult & { code: string }>(`/meetings/${id}/outcome`, { outcome });

test('a participant records the outcome once; only organizers correct it', async () => {
  const id = await makeMeeting(-HOUR);
  expect((await record(stranger, id, 'held')).body.code).toBe('record.not-found');
  expect((await record(colleague, id, 'held')).body.code).toBe('auth.forbidden');
  const held = await record(researcher, id, 'held');
  expect([held.status, held.body.status, held.body.outcomeBy, held.body.mayRecord]).toEqual([
    200,
    'held',
    '研究员',
    false,
  ]);
  expect((await record(buyer, id, 'held')).status).toBe(200);
  expect((await record(buyer, id, 'no_show')).body.code).toBe('meeting.outcome-recorded');
  expect((await record(broker, id, 'no_show')).body.code).toBe('meeting.outcome-recorded');
  const corrected = await record(organizer, id, 'no_show');
  expect([corrected.body.status, corrected.body.outcomeBy]).toEqual(['no_show', '组织者']);
  const audit = await platform.dataSource.query<{ action: string; detail: unknown }[]>(
    "SELECT action, detail FROM audit_entry WHERE subject_kind = 'meeting' AND subject_id = $1 ORDER BY id",
    [id],
  );
  expect(audit).toEqual([
    { action: 'record-meeting-outcome', detail: { from: 'scheduled', to: 'held' } },
    { action: 'correct-meeting-outcome', detail: { from: 'held', to: 'no_show' } },
  ]);
});

test('no outcome before the start or of a cancelled meeting', async () => {
  const later = await makeMeeting(2 * HOUR);
  expect((await record(organizer, later, 'held')).body.code).toBe('meeting.not-started');
  const cancelled = await makeMeeting(-2 * HOUR, 'cancelled');
  expect((await record(organizer, cancelled, 'held')).body.code).toBe('meeting.no-outcome-possible');
});

test('two people who tap different outcomes at once: one counts', async () => {
  const id = await makeMeeting(-3 * HOUR);
  const answers = await Promise.all([record(buyer, id, 'held'), record(researcher, id, 'no_show')]);
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409]);
  const winner = answers.find((answer) => answer.status === 200)!.body.status;
  const rows = await platform.dataSource.query<{ status: string }[]>(
    'SELECT status FROM meeting WHERE id = $1',
    [id],
  );
  expect(rows).toEqual([{ status: winner }]);
});

test('each side writes its own follow-up, sees only that, and staff see both', async () => {
  const id = await makeMeeting(-4 * HOUR);
  const put = (person: TestPerson, rating: number, note: string | null = null) =>
    person.client.put<MeetingResult & { code: string }>(`/meetings/${id}/follow-up`, {
      rating,
      nextStep: 'sample',
      note,
    });
  expect((await put(buyer, 5)).body.code).toBe('meeting.follow-up-too-early');
  await record(organizer, id, 'held');
  expect((await put(colleague, 4, '寄样品')).status).toBe(200);
  await put(buyer, 5, '寄两份样品');
  await put(researcher, 2);
  expect((await put(organizer, 3)).body.code).toBe('auth.forbidden');
  expect((await put(buyer, 6)).status).toBe(400);
  const seen = async (person: TestPerson) => {
    const { body } = await person.client.get<MeetingResult>(`/meetings/${id}/follow-ups`);
    return body.followUps.map(({ side, rating, note, by }) => [side, rating, note, by]);
  };
  expect(await seen(colleague)).toEqual([['enterprise', 5, '寄两份样品', '买方']]);
  expect(await seen(researcher)).toEqual([['institute', 2, null, '研究员']]);
  expect(await seen(broker)).toEqual([
    ['enterprise', 5, '寄两份样品', '买方'],
    ['institute', 2, null, '研究员'],
  ]);
  expect((await stranger.client.get(`/meetings/${id}/follow-ups`)).status).toBe(404);
});

test('a held meeting becomes a deal of its event', async () => {
  const needId = await makeNeed('published');
  const id = await makeMeeting(-4.5 * HOUR, 'held', needId);
  const result = await buyer.client.get<MeetingResult>(`/meetings/${id}/follow-ups`);
  expect([result.body.mayOpenDeal, result.body.deal]).toEqual([true, null]);
  const { status, body } = await researcher.client.post<{
    id: string;
    dealNo: string;
    event: unknown;
    need: unknown;
  }>('/deals', { meetingId: id });
  expect(status).toBe(201);
  expect(body.event).toEqual({ id: eventId, title: '对接会' });
  expect(body.need).toEqual({ id: needId, title: '密封材料' });
  expect((await buyer.client.post('/deals', { meetingId: id })).body['code']).toBe('deal.exists');
  const after = await buyer.client.get<MeetingResult>(`/meetings/${id}/follow-ups`);
  expect([after.body.mayOpenDeal, after.body.deal]).toEqual([false, { id: body.id, dealNo: body.dealNo }]);
});

test('only the own organisation accepts its need as solved, once, and only when contracted', async () => {
  const needId = await makeNeed('contracted');
  const accept = (person: TestPerson, id = needId) =>
    person.client.post<NeedAcceptanceView & { code: string }>(`/needs/${id}/acceptance`, {
      statement: '样机通过验收',
    });
  for (const person of [administrator, organizer, broker, researcher, stranger]) {
    const refused = await accept(person);
    expect([refused.status, refused.body.code]).toEqual([403, 'need.accept-only-owner']);
  }
  expect((await platform.client().post(`/needs/${needId}/acceptance`, { statement: 'x' })).status).toBe(401);
  expect((await accept(colleague, await makeNeed('engaged'))).body.code).toBe('need.accept-not-contracted');
  const answers = await Promise.all([accept(buyer), accept(colleague)]);
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([201, 409]);
  const rows = await platform.dataSource.query<unknown[]>(
    'SELECT n.status, a.statement, a.organisation_id FROM need_acceptance a JOIN need n ON n.id = a.need_id WHERE n.id = $1',
    [needId],
  );
  expect(rows).toEqual([{ status: 'accepted', statement: '样机通过验收', organisation_id: enterpriseId }]);
  expect((await accept(buyer)).body.code).toBe('need.accepted-already');
});

test('visitors read only that a need is solved, and nothing of needs that are not open', async () => {
  const needId = await makeNeed('contracted');
  await buyer.client.post(`/needs/${needId}/acceptance`, { statement: '保密的评价' });
  const visitor = await platform.client().get<NeedAcceptanceView>(`/needs/${needId}/acceptance`);
  expect(visitor.body).toMatchObject({
    accepted: true,
    statement: null,
    acceptedBy: null,
    deals: [],
    isOwner: false,
  });
  const staff = await organizer.client.get<NeedAcceptanceView>(`/needs/${needId}/acceptance`);
  expect(staff.body).toMatchObject({
    accepted: true,
    statement: '保密的评价',
    mayAccept: false,
    isOwner: false,
  });
  const closed = await makeNeed('contracted', 'closed');
  expect((await platform.client().get(`/needs/${closed}/acceptance`)).status).toBe(404);
  expect((await stranger.client.post(`/needs/${closed}/acceptance`, { statement: 'x' })).status).toBe(404);
});
