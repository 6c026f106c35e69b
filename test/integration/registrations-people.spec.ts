import ExcelJS from 'exceljs';
import { topics, type Topic } from '#libs/contracts/notifications/topics.js';
import { makeOrganisation, makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeCrowd, makeOpenEvent, seatsOf } from '../support/registrations.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

const QUESTIONS = [
  {
    key: 'topic',
    kind: 'choice',
    zh: '关注方向',
    en: 'Topic',
    required: true,
    options: [
      { value: 'sea', zh: '海洋', en: 'Sea' },
      { value: 'bio', zh: '生物', en: 'Bio' },
    ],
  },
  { key: 'car', kind: 'yesno', zh: '是否开车', en: 'By car', required: false, options: [] },
  { key: 'say', kind: 'text', zh: '想说的话', en: 'Remark', required: false, options: [] },
];

interface Created {
  readonly id: string;
  readonly status: string;
}

test('answers are checked by kind, dropped when unknown, and may be changed until registration closes', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 9, questions: QUESTIONS });
  const person = await makePerson(platform);
  const post = (answers: unknown) => person.client.post(`/events/${eventId}/registrations`, { answers });
  const missing = await post({ car: 'yes' });
  expect([missing.status, missing.body['problems']]).toEqual([
    400,
    [
      { field: 'answers.topic', code: 'field.required', message: '此项必填' },
      { field: 'answers.car', code: 'field.not-yes-or-no', message: '请选择是或否' },
    ],
  ]);
  const created = await post({ topic: 'sea', car: false, secret: 'x' });
  expect(created.status).toBe(201);
  const id = created.body['id'] as string;
  const read = await person.client.get(`/registrations/${id}`);
  expect(read.body['answers']).toEqual({ topic: 'sea', car: false });
  const changed = await person.client.patch(`/registrations/${id}/answers`, { answers: { topic: 'bio' } });
  expect([changed.status, changed.body['answers']]).toEqual([200, { topic: 'bio' }]);
  await platform.dataSource.query(
    "UPDATE event SET registration_closes_at = now() - interval '1 hour' WHERE id = $1",
    [eventId],
  );
  const late = await person.client.patch(`/registrations/${id}/answers`, { answers: { topic: 'sea' } });
  expect([late.status, late.body['code']]).toEqual([409, 'registration.answers-closed']);
});

test('the window, the state, the group and the organisation are checked', async () => {
  const person = await makePerson(platform);
  const strangers = await makeOrganisation(platform, { kind: 'enterprise' });
  const open = await makeOpenEvent(platform, { capacity: 5, groupMax: 3 });
  const draft = await makeOpenEvent(platform, { capacity: 5, state: 'draft' });
  const closed = await makeOpenEvent(platform, { capacity: 5, state: 'registration_closed' });
  const future = await makeOpenEvent(platform, { capacity: 5 });
  await platform.dataSource.query(
    "UPDATE event SET registration_opens_at = now() + interval '1 hour' WHERE id = $1",
    [future],
  );
  const tries: [string, Record<string, unknown>][] = [
    [draft, {}],
    [closed, {}],
    [future, {}],
    [open, { groupSize: 4 }],
    [open, { organisationId: strangers }],
  ];
  const codes = [];
  for (const [eventId, body] of tries) {
    const answer = await person.client.post(`/events/${eventId}/registrations`, body);
    codes.push([answer.status, answer.body['code']]);
  }
  expect(codes).toEqual([
    [404, 'record.not-found'],
    [409, 'registration.closed'],
    [409, 'registration.not-open'],
    [409, 'registration.group-too-large'],
    [403, 'registration.not-member'],
  ]);
  expect((await platform.client().post(`/events/${open}/registrations`, {})).status).toBe(401);
});

test('approval seats people in the order they registered; rejection says why', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 2, approvalRequired: true });
  const crowd = await makeCrowd(platform, 4);
  const ids: string[] = [];
  for (const person of crowd) {
    const { body } = await person.client.post<Created>(`/events/${eventId}/registrations`, {});
    expect(body.status).toBe('pending');
    ids.push(body.id);
  }
  expect((await seatsOf(platform, eventId)).taken).toBe(0);
  const base = `/organizer/events/${eventId}/registrations`;
  expect((await crowd[0]!.client.post(`${base}/approve`, { ids })).status).toBe(403);
  const approved = await organizer.client.post(`${base}/approve`, { ids: [ids[2], ids[1], ids[0]] });
  expect(approved.body['results']).toEqual([
    { id: ids[2], outcome: 'waitlisted' },
    { id: ids[1], outcome: 'confirmed' },
    { id: ids[0], outcome: 'confirmed' },
  ]);
  const rejected = await organizer.client.post(`${base}/reject`, {
    ids: [ids[3], ids[0]],
    note: '名额面向企业',
  });
  expect(rejected.body['results']).toEqual([
    { id: ids[3], outcome: 'rejected' },
    { id: ids[0], outcome: 'unchanged' },
  ]);
  const mails: { topic: Topic; to: string; payload: Record<string, unknown> }[] =
    await platform.dataSource.query(
      'SELECT topic, to_address AS "to", payload FROM notification WHERE event_id = $1 AND channel = \'mail\' ORDER BY topic, to_address',
      [eventId],
    );
  expect(mails.map((mail) => [mail.topic, mail.to])).toEqual([
    ['invitation-request', crowd[0]!.email],
    ['invitation-request', crowd[1]!.email],
    ...crowd.map((person) => ['registration-pending', person.email]),
    ['registration-rejected', crowd[3]!.email],
    ['registration-waitlisted', crowd[2]!.email],
  ]);
  for (const mail of mails) expect(topics[mail.topic].safeParse(mail.payload).error).toBeUndefined();
  expect(mails.find((mail) => mail.topic === 'registration-rejected')!.payload['note']).toBe('名额面向企业');
  const audit: { action: string }[] = await platform.dataSource.query(
    "SELECT action FROM audit_entry WHERE subject_kind = 'registration' AND subject_id = $1 ORDER BY id",
    [ids[3]],
  );
  expect(audit.map((row) => row.action)).toEqual(['register', 'reject-registration']);
});

test('strangers see nothing of a registration, an organizer may cancel it, its seat goes on', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 1 });
  const [a, b, c] = await makeCrowd(platform, 3);
  const { body: mine } = await a!.client.post<Created>(`/events/${eventId}/registrations`, {});
  const { body: next } = await b!.client.post<Created>(`/events/${eventId}/registrations`, {});
  const statuses = await Promise.all([
    c!.client.get(`/registrations/${mine.id}`),
    c!.client.post(`/registrations/${mine.id}/cancel`, {}),
    c!.client.get(`/registrations/${mine.id}/ticket`),
    organizer.client.get(`/registrations/${mine.id}/ticket`),
    b!.client.get(`/registrations/${next.id}/ticket`),
    platform.client().get(`/registrations/${mine.id}`),
  ]);
  expect(statuses.map((answer) => answer.status)).toEqual([404, 404, 404, 403, 409, 401]);
  const cancel = await organizer.client.post(`/registrations/${mine.id}/cancel`, { note: '场地调整' });
  expect(cancel.body).toEqual({ ok: true });
  const again = await organizer.client.post(`/registrations/${mine.id}/cancel`, {});
  expect([again.status, again.body['code']]).toEqual([409, 'transition.not-allowed']);
  const offered = await b!.client.get(`/registrations/${next.id}`);
  expect(offered.body['status']).toBe('offered');
  const list = await a!.client.get('/registrations');
  expect((list.body['rows'] as Created[]).map((row) => [row.id, row.status])).toEqual([
    [mine.id, 'cancelled'],
  ]);
});

test('organizers find, count, add and export', async () => {
  const eventId = await makeOpenEvent(platform, { capacity: 2, questions: QUESTIONS, state: 'published' });
  const named = await makePerson(platform, { name: '=HYPERLINK("http://x")' });
  const organisationId = await makeOrganisation(platform, {
    kind: 'enterprise',
    name: '深蓝装备',
    members: [named],
  });
  await named.client.post(`/events/${eventId}/registrations`, {
    organisationId,
    answers: { topic: 'sea', say: '+1' },
  });
  const other = await makePerson(platform, { name: '林海' });
  await platform.dataSource.query("UPDATE event SET state = 'registration_closed' WHERE id = $1", [eventId]);
  const base = `/organizer/events/${eventId}/registrations`;
  const added = await organizer.client.post(base, { email: other.email });
  expect([added.status, added.body['status']]).toEqual([201, 'confirmed']);
  const twice = await organizer.client.post(base, { email: other.email });
  expect(twice.body['code']).toBe('registration.person-exists');
  const nobody = await organizer.client.post(base, { email: 'nobody@test.example' });
  expect(nobody.body['code']).toBe('registration.no-person');
  const found = await organizer.client.get<{ rows: { name: string }[]; total: number; counts: unknown }>(
    `${base}?q=深蓝`,
  );
  expect([found.body.rows.map((row) => row.name), found.body.total]).toEqual([['=HYPERLINK("http://x")'], 1]);
  expect(found.body.counts).toEqual({
    pending: 0,
    confirmed: 2,
    waitlisted: 0,
    offered: 0,
    rejected: 0,
    cancelled: 0,
    expired: 0,
  });
  const file = await organizer.client.raw(`${base}.xlsx`);
  expect(file.status).toBe(200);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  const row = workbook.worksheets[0]!.getRow(3);
  expect([row.getCell(2).value, row.getCell(2).type, row.getCell(9).value, row.getCell(11).value]).toEqual([
    '=HYPERLINK("http://x")',
    ExcelJS.ValueType.String,
    '海洋',
    '+1',
  ]);
  expect((await other.client.get(base)).status).toBe(403);
});

test('a list costs the same number of statements for one registration and for three', async () => {
  const count = async (people: number) => {
    const eventId = await makeOpenEvent(platform, { capacity: 1 });
    for (const person of await makeCrowd(platform, people))
      await person.client.post(`/events/${eventId}/registrations`, {});
    const statements: string[] = [];
    const { logger } = platform.dataSource;
    const watch = (query: string, values?: unknown[]) => values?.includes(eventId) && statements.push(query);
    platform.dataSource.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery: watch });
    const list = await organizer.client.get(`/organizer/events/${eventId}/registrations`);
    platform.dataSource.logger = logger;
    expect(list.body['total']).toBe(people);
    return statements.length;
  };
  expect([await count(1), await count(3)]).toEqual([4, 4]);
});
