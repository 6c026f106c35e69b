import { createHash } from 'node:crypto';
import exceljs from 'exceljs';
import type { MatchContact, MatchPage } from '#libs/contracts/matching/matches.js';
import type { TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import type { NumberRow, NumbersView } from '#libs/contracts/numbers/numbers.js';
import type { TicketView } from '#libs/contracts/registrations/registration.js';
import type { DealView } from '#libs/contracts/results/deal.js';
import type { TestClient } from '../support/client.js';
import type { TestPerson } from '../support/factories.js';
import {
  becomeAdministrator,
  goTo,
  joinPlatform,
  mailLines,
  ok,
  refusal,
  usccOf,
} from '../support/main-job.js';
import {
  at,
  CAPABILITY,
  dayOf,
  mailsOfTheStory,
  NEED,
  NUMBER_LINES,
  NUMBERS,
  rowsBehind,
} from '../support/main-job-facts.js';
import { waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { waitFor } from '../support/wait-for.js';

/**
 * The main job of the platform over HTTP, from the first sign-up to the numbers of the period. The tests are the
 * chapters of one story and run in this order.
 */
type NumberRowPage = { value: string; rows: NumberRow[] };

let platform: TestPlatform;
let administrator: TestClient;
let organizer: TestPerson;
let enterprise: TestPerson;
let institute: TestPerson;
let teacher: TestPerson;
let student: TestPerson;
const ids: Record<string, string> = {};

const rows = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  platform.dataSource.query(sql, values);
const created = async (client: TestClient, path: string, body: unknown): Promise<string> =>
  ok(await client.post<{ id: string }>(path, body)).id;

beforeAll(async () => {
  platform = await startTestPlatform();
}, 60_000);
afterAll(() => platform.stop());

test('people sign up by the mails they get, and the administrator appoints the organizer', async () => {
  administrator = await becomeAdministrator(platform, 'admin@bureau.example');
  organizer = await joinPlatform(platform, '组织者', 'organizer@bureau.example');
  enterprise = await joinPlatform(platform, '林工', 'lin@enterprise.example');
  institute = await joinPlatform(platform, '陈研究员', 'chen@institute.example');
  teacher = await joinPlatform(platform, '何老师', 'he@university.example');
  student = await joinPlatform(platform, '宋同学', 'song@university.example');
  expect(refusal(await organizer.client.get('/organizer/events'))).toEqual([403, 'auth.forbidden']);
  ok(await administrator.put(`/admin/people/${organizer.id}/roles`, { roles: ['organizer'] }));
  ok(await organizer.client.get('/organizer/events'));
}, 60_000);

test('organisations come with a valid code and are verified', async () => {
  const organisation = (person: TestPerson, name: string, kind: string, uscc: string) =>
    person.client.post('/organisations', { name, kind, uscc, regionCode: '440115' });
  const wrong = await organisation(
    enterprise,
    '南沙海洋装备有限公司',
    'enterprise',
    `${usccOf(1).slice(0, 17)}?`,
  );
  expect(wrong.status).toBe(400);
  for (const [key, person, name, kind] of [
    ['enterprise', enterprise, '南沙海洋装备有限公司', 'enterprise'],
    ['institute', institute, '海洋导航研究院', 'research-institute'],
    ['university', teacher, '湾区理工大学', 'university'],
  ] as const) {
    const made = ok(await organisation(person, name, kind, usccOf(Object.keys(ids).length + 1)));
    ids[key] = made['id'] as string;
    expect(made['status']).toBe('pending');
    expect(refusal(await person.client.post(`/organisations/${ids[key]}/verify`, {}))).toEqual([
      403,
      'auth.forbidden',
    ]);
    ok(await organizer.client.post(`/organisations/${ids[key]}/verify`, { note: '证照齐全' }));
  }
  expect(await rows('SELECT name, status, length(uscc) AS n FROM organisation ORDER BY created_at')).toEqual([
    { name: '南沙海洋装备有限公司', status: 'verified', n: 18 },
    { name: '海洋导航研究院', status: 'verified', n: 18 },
    { name: '湾区理工大学', status: 'verified', n: 18 },
  ]);
}, 60_000);

test('need and capability are written, submitted, returned, corrected and published', async () => {
  const { problem, ...incomplete } = NEED;
  ids['need'] = await created(enterprise.client, '/needs', {
    organisationId: ids['enterprise'],
    ...incomplete,
  });
  const path = `/needs/${ids['need']}`;
  expect(refusal(await enterprise.client.post(`${path}/submit`))).toEqual([422, 'market.incomplete']);
  ok(await enterprise.client.patch(path, { version: 1, problem }));
  ok(await enterprise.client.post(`${path}/submit`));
  ok(await organizer.client.post(`${path}/return`, { note: '请补充海流流速。' }));
  ok(await enterprise.client.patch(path, { version: 2, problem: `${problem}流速 2 节。` }));
  ok(await enterprise.client.post(`${path}/submit`));

  ids['capability'] = await created(institute.client, '/capabilities', {
    organisationId: ids['institute'],
    ...CAPABILITY,
  });
  ids['tea'] = await created(teacher.client, '/capabilities', {
    ...CAPABILITY,
    organisationId: ids['university'],
    title: '茶叶鲜叶分级',
    abstract: '茶叶鲜叶的图像分级',
    keyTech: '叶片纹理识别',
    keywords: ['茶叶'],
    fields: ['05.01'],
    indicators: [],
  });
  for (const [person, key] of [
    [institute, 'capability'],
    [teacher, 'tea'],
  ] as const) {
    ok(await person.client.post(`/capabilities/${ids[key]}/submit`));
    ok(await organizer.client.post(`/capabilities/${ids[key]}/publish`, {}));
  }
  ok(await organizer.client.post(`${path}/publish`, { note: '可对接' }));
  const sealed = ok(await institute.client.get(path));
  expect([sealed['status'], sealed['contactPhone'], sealed['problem']]).toEqual(['published', null, null]);
}, 60_000);

test('the match run finds them, with its reasons', async () => {
  const page = await waitFor(async () => {
    const { body } = await enterprise.client.get<MatchPage>(`/needs/${ids['need']}/matches?filter=all`);
    return body.total > 0 && body;
  }, 'a match');
  expect(page.rows.map((match) => [match.rank, match.capability.title, match.band])).toEqual([
    [1, CAPABILITY.title, 'strong'],
  ]);
  const [match] = page.rows;
  ids['match'] = match!.id;
  expect(match!.reasons.zh).toEqual([
    '共同术语：水下机器人定位、紧耦合导航、惯性导航、浑浊海水',
    '指标 定位精度 ≤0.03m 满足 ≤0.05m',
    '指标 工作深度 ≥300m 满足 ≥100m',
    '成熟度 8 ≥ 7',
    '技术领域一致：高技术船舶与海洋工程装备设计制造技术',
    '合作方式可行：合作开发',
    '同一地区：南沙区',
    '未提及：近海养殖网箱',
  ]);
  expect(match!.indicators).toEqual([
    { name: '定位精度', wanted: '定位精度≤0.05m', offered: '定位精度≤3cm', outcome: 'met' },
    { name: '工作深度', wanted: '工作深度≥100m', offered: '工作深度≥300m', outcome: 'met' },
  ]);
}, 60_000);

test('both are interested: the contacts open, to these two only', async () => {
  const path = `/matches/${ids['match']}`;
  const answer = (person: TestPerson) => person.client.post(`${path}/answer`, { answer: 'interested' });
  ok(await enterprise.client.get(path));
  expect(refusal(await enterprise.client.get(`${path}/contact`))).toEqual([403, 'match.not-mutual']);
  ok(await answer(enterprise));
  expect(refusal(await institute.client.get(`${path}/contact`))).toEqual([403, 'match.not-mutual']);
  expect((await answer(teacher)).status).toBe(404);
  ok(await answer(institute));
  expect(ok(await institute.client.get<MatchContact>(`${path}/contact`))).toEqual({
    organisation: '南沙海洋装备有限公司',
    name: '林工',
    phone: '13800000001',
    email: 'lin@enterprise.example',
  });
  expect(ok(await enterprise.client.get<MatchContact>(`${path}/contact`))).toEqual({
    organisation: '海洋导航研究院',
    name: '陈研究员',
    phone: null,
    email: 'chen@institute.example',
  });
  expect((await teacher.client.get(`${path}/contact`)).status).toBe(404);
  for (const person of [enterprise, institute]) {
    expect(await waitForMails(platform.dataSource, person.email, 'match-mutual')).toHaveLength(1);
  }
}, 60_000);

test('the organizer prepares and publishes a matchmaking event of a programme', async () => {
  const { client } = organizer;
  ids['programme'] = await created(client, '/organizer/programmes', {
    slug: 'ocean',
    name: '海洋对接',
    kind: 'matchmaking',
  });
  ids['event'] = await created(client, '/organizer/events', {
    kind: 'matchmaking',
    title: '海洋装备对接会',
    programmeId: ids['programme'],
    startsAt: at(10, '14:00'),
    endsAt: at(10, '18:00'),
    venue: { name: '创新中心', address: '港前大道 1 号' },
    capacity: 3,
    approvalRequired: true,
    offerHours: 24,
    slotMinutes: 20,
    slotsStartAt: at(10, '14:00'),
    slotsEndAt: at(10, '16:00'),
  });
  const path = `/organizer/events/${ids['event']}`;
  const publish = () => client.post(`${path}/transitions`, { action: 'publish' });
  const refused = await publish();
  expect([refused.status, refused.body['code']]).toEqual([409, 'event.not-ready']);
  const { updatedAt } = ok(await client.get(path));
  ok(await client.put(`${path}/tables`, { updatedAt, count: 2, room: '一号厅' }));
  expect(ok(await publish())).toEqual({ state: 'published' });
}, 60_000);

const statuses = () =>
  rows(
    `SELECT p.name, r.status FROM registration r JOIN person p ON p.id = r.person_id WHERE r.event_id = $1
     ORDER BY r.created_at`,
    [ids['event']],
  );

test('registrations are approved; who finds no seat waits, is offered one by mail and takes it', async () => {
  for (const [person, organisation] of [
    [enterprise, 'enterprise'],
    [institute, 'institute'],
    [student, null],
    [teacher, 'university'],
  ] as const) {
    const body = { organisationId: organisation === null ? null : ids[organisation] };
    const made = ok(await person.client.post(`/events/${ids['event']}/registrations`, body));
    expect(made['status']).toBe('pending');
    ids[`registration:${person.name}`] = made['id'] as string;
    ids[made['id'] as string] = person.name;
  }
  const all = [enterprise, institute, student, teacher].map((person) => ids[`registration:${person.name}`]!);
  const approve = `/organizer/events/${ids['event']}/registrations/approve`;
  expect(refusal(await enterprise.client.post(approve, { ids: all }))).toEqual([403, 'auth.forbidden']);
  expect(ok(await organizer.client.post(approve, { ids: all }))['results']).toEqual(
    all.map((id, index) => ({ id, outcome: index === 3 ? 'waitlisted' : 'confirmed' })),
  );
  await waitForMails(platform.dataSource, student.email, 'invitation-request');
  ok(await student.client.post(`/registrations/${ids['registration:宋同学']}/cancel`, {}));
  const [offer] = await waitForMails(platform.dataSource, teacher.email, 'registration-offer');
  expect(await statuses()).toEqual([
    { name: '林工', status: 'confirmed' },
    { name: '陈研究员', status: 'confirmed' },
    { name: '宋同学', status: 'cancelled' },
    { name: '何老师', status: 'offered' },
  ]);
  const link = new URL(offer!.links.find((address) => address.includes('s='))!);
  const path = `/offers/${ids['registration:何老师']}`;
  const s = link.searchParams.get('s');
  expect((await platform.client().post(`${path}/accept`, { s: 'forged' })).status).toBe(404);
  expect(ok(await platform.client().post(`${path}/accept`, { s }))['state']).toBe('accepted');
  expect((await statuses()).at(-1)).toEqual({ name: '何老师', status: 'confirmed' });
  expect(await rows('SELECT seats_taken FROM event WHERE id = $1', [ids['event']])).toEqual([
    { seats_taken: 3 },
  ]);
}, 60_000);

test('mutual interest becomes a meeting; the timetable is computed and published', async () => {
  const { client } = organizer;
  const path = `/organizer/events/${ids['event']}`;
  const none = { joined: 0, skipped: [], beyondMaxima: 0 };
  expect(ok(await client.post(`${path}/meetings/collect`))).toEqual({ ...none, created: 1, existing: 0 });
  expect(ok(await client.post(`${path}/meetings/collect`))).toEqual({ ...none, created: 0, existing: 1 });
  ids['second'] = await created(client, `${path}/meetings`, {
    enterprisePersonId: enterprise.id,
    institutePersonId: teacher.id,
  });
  const timetable = await created(client, `${path}/timetables`, undefined);
  await waitFor(
    async () => ok(await client.get(`/organizer/timetables/${timetable}`))['status'] === 'draft',
    'the timetable',
  );
  ok(await client.post(`/organizer/timetables/${timetable}/publish`));
  const board = ok(await client.get<TimetableBoardView>(`${path}/timetable`));
  ids['meeting'] = board.meetings.find((meeting) => meeting.id !== ids['second'])!.id;
  expect(
    board.meetings
      .map(({ enterprise: one, institute: other, status, place }) => [
        one.person,
        other.person,
        status,
        place?.startsAt,
        place?.table,
      ])
      .toSorted(),
  ).toEqual([
    ['林工', '何老师', 'scheduled', at(10, '14:20'), '1'],
    ['林工', '陈研究员', 'scheduled', at(10, '14:00'), '1'],
  ]);
}, 60_000);

/** Which object a UID is. */
const objects = () => ({
  [`event-${ids['event']}`]: 'event',
  [`meeting-${ids['meeting']}`]: 'meeting',
  [`meeting-${ids['second']}`]: 'second meeting',
});

test('the event moves by an hour, a meeting is called off: every calendar hears exactly that', async () => {
  const path = `/organizer/events/${ids['event']}`;
  const { updatedAt } = ok(await organizer.client.get(path));
  const change = { updatedAt, startsAt: at(10, '15:00'), endsAt: at(10, '19:00'), moveAlong: true };
  ok(await organizer.client.patch(path, change));
  await waitForMails(platform.dataSource, teacher.email, 'invitation-update', 2);
  expect(refusal(await student.client.post(`/meetings/${ids['second']}/cancel`, { reason: '我' }))).toEqual([
    404,
    'record.not-found',
  ]);
  ok(await teacher.client.post(`/meetings/${ids['second']}/cancel`, { reason: '当天有课' }));
  await waitForMails(platform.dataSource, enterprise.email, 'invitation-cancel');
  await waitForMails(platform.dataSource, teacher.email, 'invitation-cancel');
  await waitForMails(platform.dataSource, institute.email, 'invitation-update', 2);
  const lines = (person: TestPerson) => mailLines(platform, person, objects());
  const expected = mailsOfTheStory();
  expect(await lines(enterprise)).toEqual(expected.enterprise);
  expect(await lines(institute)).toEqual(expected.institute);
  expect(await lines(teacher)).toEqual(expected.teacher);
  expect(await lines(student)).toEqual(expected.student);
  expect(await lines(organizer)).toEqual(['verify-email']);
}, 60_000);

test('tickets open the door once', async () => {
  goTo(platform, at(10, '14:45'));
  const path = `/organizer/events/${ids['event']}/check-ins`;
  for (const [index, person] of [enterprise, institute, teacher].entries()) {
    const { qr } = ok(
      await person.client.get<TicketView>(`/registrations/${ids[`registration:${person.name}`]}/ticket`),
    );
    expect(refusal(await person.client.post(path, { qr }))).toEqual([403, 'auth.forbidden']);
    const first = ok(await organizer.client.post(path, { qr }));
    const again = ok(await organizer.client.post(path, { qr }));
    expect([first['name'], first['already'], again['already'], again['at']]).toEqual([
      person.name,
      false,
      true,
      first['at'],
    ]);
    expect(again['attendance']).toEqual({
      confirmedHeads: 3,
      checkedInHeads: index + 1,
      confirmedRegistrations: 3,
      checkedInRegistrations: index + 1,
      noShows: 2 - index,
    });
  }
  expect(refusal(await organizer.client.post(path, { qr: 'DJ1.forged' }))).toEqual([
    400,
    'check-in.unsigned',
  ]);
}, 60_000);

test('the meeting takes place, the event is held, both sides say what they think', async () => {
  const path = `/meetings/${ids['meeting']}`;
  const outcome = (person: TestPerson) => person.client.post(`${path}/outcome`, { outcome: 'held' });
  expect(refusal(await outcome(enterprise))).toEqual([409, 'meeting.not-started']);
  goTo(platform, at(10, '15:20'));
  expect((await outcome(teacher)).status).toBe(404);
  expect(ok(await outcome(enterprise))['status']).toBe('held');
  const say = (person: TestPerson, rating: number, nextStep: string) =>
    person.client.put(`${path}/follow-up`, { rating, nextStep, note: `${person.name}的意见` });
  ok(await say(enterprise, 5, 'contract'));
  ok(await say(institute, 4, 'visit'));
  goTo(platform, at(10, '19:05'));
  for (const action of ['close_registration', 'hold']) {
    ok(await organizer.client.post(`/organizer/events/${ids['event']}/transitions`, { action }));
  }
  expect(
    await rows('SELECT side, rating, next_step, note FROM follow_up WHERE meeting_id = $1 ORDER BY side', [
      ids['meeting'],
    ]),
  ).toEqual([
    { side: 'enterprise', rating: 5, next_step: 'contract', note: '林工的意见' },
    { side: 'institute', rating: 4, next_step: 'visit', note: '陈研究员的意见' },
  ]);
}, 60_000);

test('a deal goes to signed and paid with its evidence, and only the enterprise accepts the need', async () => {
  goTo(platform, at(12, '10:00'));
  ids['deal'] = await created(enterprise.client, '/deals', { meetingId: ids['meeting'] });
  const path = `/deals/${ids['deal']}`;
  const step = (person: TestPerson, body: object) =>
    person.client.post<DealView>(`${path}/transitions`, body);
  expect((await step(teacher, { action: 'record_intent' })).status).toBe(404);
  ok(await step(institute, { action: 'record_intent', note: '签署合作意向' }));
  ok(await step(enterprise, { action: 'negotiate' }));
  const accept = (person: TestPerson) =>
    person.client.post(`/needs/${ids['need']}/acceptance`, {
      statement: '定位精度达到约定，需求已解决。',
      dealId: ids['deal'],
    });
  expect(refusal(await accept(enterprise))).toEqual([409, 'need.accept-not-contracted']);
  goTo(platform, at(14, '10:00'));
  ok(
    await step(enterprise, {
      action: 'sign',
      contractKind: 'development-joint',
      contractNo: 'HT-1',
      signedOn: dayOf(at(14, '10:00')),
      contractAmount: '1200000.50',
      technologyAmount: '800000',
    }),
  );
  const bytes = new Uint8Array(
    Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n', 'latin1'),
  );
  const file = { name: '技术合同.pdf', type: 'application/pdf', bytes };
  const { evidence } = ok(await enterprise.client.upload<DealView>(`${path}/evidence`, file));
  const saved = await institute.client.raw(`${path}/evidence/${evidence[0]!.id}`);
  const sha = (content: ArrayBuffer | Uint8Array) =>
    createHash('sha256').update(new Uint8Array(content)).digest('hex');
  expect([saved.status, sha(await saved.arrayBuffer())]).toEqual([200, sha(bytes)]);
  expect((await teacher.client.raw(`${path}/evidence/${evidence[0]!.id}`)).status).toBe(404);
  goTo(platform, at(15, '10:00'));
  ok(await step(institute, { action: 'record_payment', paidAmount: '360000.15' }));
  expect(refusal(await accept(organizer))).toEqual([403, 'need.accept-only-owner']);
  expect(refusal(await accept(institute))).toEqual([403, 'need.accept-only-owner']);
  ok(await accept(enterprise));
  expect(await rows('SELECT status FROM need WHERE id = $1', [ids['need']])).toEqual([
    { status: 'accepted' },
  ]);
  const deal = ok(await enterprise.client.get<DealView>(path));
  expect(deal.steps.map(({ from, to, note, by }) => [from, to, note, by])).toEqual([
    [null, 'lead', null, '林工'],
    ['lead', 'intent', '签署合作意向', '陈研究员'],
    ['intent', 'negotiation', null, '林工'],
    ['negotiation', 'signed', null, '林工'],
    ['signed', 'paid', null, '陈研究员'],
  ]);
  ids['dealNo'] = deal.dealNo;
}, 60_000);

test('the numbers of the period are these, with these rows behind them', async () => {
  const period = `from=${dayOf(at(0, '00:00'))}&to=${dayOf(at(20, '00:00'))}`;
  const numbers = async (query: string) =>
    Object.fromEntries(
      ok(await organizer.client.get<NumbersView>(`/numbers?${query}`)).metrics.map(({ code, value }) => [
        code,
        value,
      ]),
    );
  expect(await numbers(period)).toEqual(NUMBERS);
  expect(await numbers(`${period}&programmeId=${ids['programme']}`)).toEqual(NUMBERS);
  const nothing = Object.fromEntries(
    Object.keys(NUMBERS).map((code) => [code, code.endsWith('_amount') ? '0.00' : '0']),
  );
  expect(await numbers(`from=2020-01-01&to=${dayOf(at(-1, '12:00'))}`)).toEqual(nothing);
  expect(await numbers(`from=${dayOf(at(10, '12:00'))}&to=${dayOf(at(10, '12:00'))}`)).toEqual({
    ...nothing,
    events_held: '1',
    organisations_participating: '3',
    organisation_visits: '3',
    attendances: '3',
    people: '3',
    meetings_held: '1',
  });
  expect((await enterprise.client.get(`/numbers?${period}`)).status).toBe(403);
  const counted: Record<string, unknown> = {};
  for (const [code, value] of Object.entries(NUMBERS)) {
    const page = ok(await organizer.client.get<NumberRowPage>(`/numbers/${code}/rows?${period}`));
    expect([code, page.value]).toEqual([code, value]);
    counted[code] = page.rows.map(({ title, quantity, detail }) => [title, quantity, detail]).toSorted();
  }
  const { needNo } = ok(await enterprise.client.get<{ needNo: string }>(`/needs/${ids['need']}`));
  expect(needNo).toMatch(/^N440115-\d{4}-0001$/);
  expect(counted).toEqual(rowsBehind({ needNo, dealNo: ids['dealNo']! }));
}, 60_000);

test('the export opens as a workbook with the same numbers', async () => {
  const answer = await organizer.client.raw(
    `/numbers/export.xlsx?from=${dayOf(at(0, '12:00'))}&to=${dayOf(at(20, '12:00'))}`,
  );
  expect(answer.status).toBe(200);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  const [numbers, ...sheets] = workbook.worksheets;
  const lines = numbers!.getSheetValues().slice(6) as unknown[][];
  expect(lines.map((line) => line.slice(1, 4))).toEqual(NUMBER_LINES);
  expect(sheets.map((sheet) => sheet.name)).toEqual(NUMBER_LINES.map(([name]) => name));
  for (const [index, sheet] of sheets.entries()) {
    const counts = (sheet.getColumn(6).values.slice(2) as number[]).reduce((sum, count) => sum + count, 0);
    expect([sheet.name, counts]).toEqual([sheet.name, NUMBER_LINES[index]![1]]);
  }
}, 60_000);
