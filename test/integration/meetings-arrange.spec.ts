import { waitingTimetables } from '#libs/persistence/meetings/waiting-timetables.js';
import { countQueries } from '../support/count-queries.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  meetingMails,
  readBoard,
  registerSide,
  slotAt,
  waitForDraft,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

const firm = (name: string) => makeSide(platform, 'enterprise', name);
const lab = (name: string) => makeSide(platform, 'institute', name);
const collect = (eventId: string) => organizer.client.post(`/organizer/events/${eventId}/meetings/collect`);
const publish = (id: string) => organizer.client.post(`/organizer/timetables/${id}/publish`);
const move = (id: string, meetingId: string, startsAt: string, tableId: string) =>
  organizer.client.patch(`/organizer/timetables/${id}/placements/${meetingId}`, {
    to: { startsAt, tableId },
  });

test('interests without both sides at the event are skipped with a reason', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [here, absentFirm, hereLab, absentLab] = [
    await firm('到场公司'),
    await firm('缺席公司'),
    await lab('到场所'),
    await lab('缺席所'),
  ];
  await registerSide(platform, id, here);
  await registerSide(platform, id, hereLab);
  const withLab = await makeInterest(platform, here, absentLab, { score: 0.9 });
  const withFirm = await makeInterest(platform, absentFirm, hereLab, { score: 0.8 });
  await makeInterest(platform, absentFirm, absentLab);
  await makeInterest(platform, here, hereLab, { mutual: false });
  const closed = await makeInterest(platform, here, hereLab, { score: 0.7 });
  await platform.dataSource.query(
    "UPDATE need SET status = 'withdrawn' WHERE id = (SELECT need_id FROM match WHERE id = $1)",
    [closed],
  );
  const row = (matchId: string, enterprise: string, institute: string, reason: string) => ({
    matchId,
    need: `${enterprise}的需求`,
    enterprise,
    capability: `${institute}的成果`,
    institute,
    reason,
    full: null,
  });
  expect((await collect(id)).body).toEqual({
    created: 0,
    joined: 0,
    existing: 0,
    skipped: [
      row(withLab, '到场公司', '缺席所', 'institute-absent'),
      row(withFirm, '缺席公司', '到场所', 'enterprise-absent'),
      row(closed, '到场公司', '到场所', 'closed'),
    ],
    beyondMaxima: 0,
  });
});

test('the author of the need sits at the table, and whoever registered first when the author is absent', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [one, two] = [await firm('代表公司'), await lab('代表所')];
  const early = { ...one, person: await makePerson(platform, { name: '先到的同事' }) };
  await registerSide(platform, id, early);
  await registerSide(platform, id, one);
  const stand = { ...two, person: await makePerson(platform, { name: '代班的同事' }) };
  await registerSide(platform, id, stand);
  await registerSide(platform, id, { ...two, person: await makePerson(platform, { name: '后到的同事' }) });
  await makeInterest(platform, one, two);
  await collect(id);
  const [meeting] = (await readBoard(organizer, id)).meetings;
  expect([meeting!.enterprise.person, meeting!.institute.person]).toEqual([one.person.name, '代班的同事']);
});

test('what has no place says why', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [a, b, c] = [await firm('满员甲'), await firm('满员乙'), await firm('满员丙')];
  const busy = await lab('抢手所');
  for (const side of [a, b, c, busy]) await registerSide(platform, id, side);
  await makeInterest(platform, a, busy, { score: 0.9 });
  await makeInterest(platform, b, busy, { score: 0.8 });
  await makeInterest(platform, c, busy, { score: 0.1 });
  await collect(id);
  await computeTimetable(organizer, id);
  const full = (await readBoard(organizer, id)).meetings.filter((meeting) => meeting.place === null);
  expect(full.map((meeting) => [meeting.enterprise.name, meeting.unplaced])).toEqual([
    [
      '满员丙',
      { reason: 'participant-full', person: busy.person.name, group: null, meetings: 3, freeSlots: 2 },
    ],
  ]);

  const put = await a.person.client.put(`/events/${id}/absences`, {
    spans: [
      { startsAt: slotAt(0), endsAt: slotAt(1) },
      { startsAt: slotAt(1), endsAt: slotAt(2) },
    ],
  });
  expect(put.body).toEqual({
    personId: a.person.id,
    spans: [{ startsAt: slotAt(0), endsAt: slotAt(2) }],
    slots: [0, 1].map((slot) => ({ startsAt: slotAt(slot), endsAt: slotAt(slot + 1) })),
    meetingsHit: 0,
  });
  await computeTimetable(organizer, id);
  const away = (await readBoard(organizer, id)).meetings.filter((meeting) => meeting.place === null);
  expect(away.map((meeting) => [meeting.enterprise.name, meeting.unplaced])).toEqual([
    ['满员甲', { reason: 'no-common-slot', person: null, group: null, meetings: null, freeSlots: 0 }],
  ]);
});

test('moves by hand that would double-book are refused by name; swapping works; locked meetings stay', async () => {
  const { id, tables } = await makeMeetingEvent(platform, { slots: 3, tables: 2, title: '调整会' });
  const [a, b, other] = [await firm('调整甲'), await firm('调整乙'), await firm('调整丙')];
  const [shared, single] = [await lab('调整子'), await lab('调整丑')];
  for (const side of [a, b, other, shared, single]) await registerSide(platform, id, side);
  await makeInterest(platform, a, shared);
  await makeInterest(platform, b, shared);
  await makeInterest(platform, other, single);
  await collect(id);
  const draft = await computeTimetable(organizer, id);
  const find = async (name: string) =>
    (await readBoard(organizer, id)).meetings.find((meeting) => meeting.enterprise.name === name)!;
  const [first, second, third] = [await find('调整甲'), await find('调整乙'), await find('调整丙')];
  expect((await move(draft, first.id, slotAt(0), tables[0]!)).status).toBe(200);
  expect((await move(draft, third.id, slotAt(2), tables[1]!)).status).toBe(200);
  expect((await move(draft, second.id, slotAt(1), tables[0]!)).status).toBe(200);

  const busy = await move(draft, second.id, slotAt(0), tables[1]!);
  expect(busy.body).toMatchObject({
    code: 'placement.person-busy',
    params: { person: shared.person.name, other: '调整甲 – 调整子', table: '1' },
  });
  expect((await move(draft, third.id, slotAt(0), tables[0]!)).body).toMatchObject({
    code: 'placement.table-busy',
    params: { table: '1', other: '调整甲 – 调整子' },
  });
  await organizer.client.put(`/events/${id}/absences`, {
    personId: single.person.id,
    spans: [{ startsAt: slotAt(1), endsAt: slotAt(2) }],
  });
  expect((await move(draft, third.id, slotAt(1), tables[1]!)).body).toMatchObject({
    code: 'placement.person-away',
    params: { person: single.person.name },
  });
  expect((await move(draft, third.id, slotAt(5), tables[1]!)).body).toMatchObject({
    code: 'placement.unknown-slot',
  });

  const swapped = await organizer.client.post(`/organizer/timetables/${draft}/swap`, {
    meetingId: first.id,
    otherId: second.id,
  });
  expect(swapped.status).toBe(200);
  expect([(await find('调整甲')).place!.startsAt, (await find('调整乙')).place!.startsAt]).toEqual([
    slotAt(1),
    slotAt(0),
  ]);

  expect((await organizer.client.post(`/organizer/meetings/${first.id}/lock`, { locked: true })).status).toBe(
    200,
  );
  expect((await move(draft, first.id, slotAt(2), tables[0]!)).body).toMatchObject({
    code: 'placement.locked',
  });
  await computeTimetable(organizer, id);
  expect((await find('调整甲')).place).toMatchObject({ startsAt: slotAt(1), tableId: tables[0]! });
  expect((await move(draft, second.id, slotAt(2), tables[0]!)).body).toMatchObject({
    code: 'timetable.not-draft',
  });
});

test('a timetable whose worker died is found and computed again', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [a, b] = [await firm('重启公司'), await lab('重启所')];
  for (const side of [a, b]) await registerSide(platform, id, side);
  await makeInterest(platform, a, b);
  await collect(id);
  const runner = platform.dataSource.createQueryRunner();
  await runner.startTransaction();
  // Committed as "computing", and its row locked: this is a worker in the middle of its work.
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    "INSERT INTO timetable (event_id, version_no, status) VALUES ($1, 1, 'computing') RETURNING id",
    [id],
  );
  await runner.query('SELECT FROM timetable WHERE id = $1 FOR UPDATE', [row!.id]);
  expect(await waitingTimetables(platform.dataSource.manager)).toEqual([]);
  // Asking again answers the one that runs.
  expect((await organizer.client.post(`/organizer/events/${id}/timetables`)).body).toEqual({ id: row!.id });
  await runner.rollbackTransaction();
  await runner.release();
  await waitForDraft(organizer, row!.id);
  expect((await readBoard(organizer, id)).draft).toMatchObject({ id: row!.id, placed: 1, unplaced: 0 });
});

test('publishing needs a published event', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1, state: 'draft', title: '未发布' });
  const [a, b] = [await firm('草稿公司'), await lab('草稿所')];
  for (const side of [a, b]) await registerSide(platform, id, side);
  await makeInterest(platform, a, b);
  await collect(id);
  const draft = await computeTimetable(organizer, id);
  expect((await publish(draft)).body).toMatchObject({
    code: 'meeting.event-not-open',
    params: { event: '未发布' },
  });
  await platform.dataSource.query("UPDATE event SET state = 'published', slots_start_at = $2 WHERE id = $1", [
    id,
    slotAt(1),
  ]);
  expect((await publish(draft)).body).toMatchObject({ code: 'timetable.outdated', params: { count: 1 } });
});

test('a person who cancels the registration has no meetings left, and the others are told', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [a, b, c] = [await firm('退出公司'), await lab('退出所'), await lab('留下所')];
  const registrationId = await registerSide(platform, id, a);
  for (const side of [b, c]) await registerSide(platform, id, side);
  await makeInterest(platform, a, b);
  await makeInterest(platform, a, c);
  await collect(id);
  await publish(await computeTimetable(organizer, id));
  const cancelled = await a.person.client.post(`/registrations/${registrationId}/cancel`, { note: null });
  expect(cancelled.status).toBe(200);
  const told = (await meetingMails(platform, id)).slice(4).map(([topic, name]) => `${topic} ${name}`);
  expect(told.sort()).toEqual([a, a, b, c].map((side) => `invitation-cancel ${side.person.name}`).sort());
  expect((await readBoard(organizer, id)).meetings).toEqual([]);
  const seats = await platform.dataSource.query('SELECT 1 FROM meeting_seat WHERE person_id = $1', [
    b.person.id,
  ]);
  expect(seats).toEqual([]);
});

test('a meeting shows contacts to its two sides, and is hidden from others', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [a, b, stranger] = [await firm('可见公司'), await lab('可见所'), await firm('旁观公司')];
  for (const side of [a, b, stranger]) await registerSide(platform, id, side);
  await makeInterest(platform, a, b);
  await collect(id);
  const meetingId = (await readBoard(organizer, id)).meetings[0]!.id;
  const view = (person: TestPerson) => person.client.get(`/meetings/${meetingId}`);
  expect((await view(a.person)).body).toMatchObject({
    mySide: 'enterprise',
    institute: { person: b.person.name, organisation: '可见所', contact: { email: b.person.email } },
    need: { title: '可见公司的需求' },
    capability: { title: '可见所的成果' },
  });
  expect((await view(organizer)).body).toMatchObject({ mySide: null });
  expect((await view(stranger.person)).status).toBe(404);
  expect((await platform.client().get(`/meetings/${meetingId}`)).status).toBe(401);
  // Added by hand without mutual interest: no contacts.
  const { body } = await organizer.client.post<{ id: string }>(`/organizer/events/${id}/meetings`, {
    enterprisePersonId: stranger.person.id,
    institutePersonId: b.person.id,
  });
  expect((await b.person.client.get(`/meetings/${body.id}`)).body).toMatchObject({
    mySide: 'institute',
    enterprise: { contact: null },
    institute: { contact: null },
    need: null,
  });
  const audits = await platform.dataSource.query<{ actor: string }[]>(
    "SELECT actor_id AS actor FROM audit_entry WHERE action = 'read-contact' AND subject_id::text = $1 ORDER BY id",
    [meetingId],
  );
  expect(audits.map((row) => row.actor)).toEqual([a.person.id, organizer.id]);
});

test('adding and removing by hand', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const [a, b, outside] = [await firm('手工公司'), await lab('手工所'), await lab('未报名所')];
  for (const side of [a, b]) await registerSide(platform, id, side);
  const add = (one: string, two: string) =>
    organizer.client.post<{ id: string }>(`/organizer/events/${id}/meetings`, {
      enterprisePersonId: one,
      institutePersonId: two,
    });
  expect((await add(a.person.id, outside.person.id)).body).toMatchObject({
    code: 'meeting.not-registered',
    params: { name: outside.person.name },
  });
  expect((await add(a.person.id, a.person.id)).body).toMatchObject({ code: 'meeting.same-side' });
  const { status, body } = await add(a.person.id, b.person.id);
  expect(status).toBe(201);
  expect((await add(a.person.id, b.person.id)).body).toMatchObject({ code: 'meeting.exists' });
  expect(
    (await organizer.client.post(`/organizer/meetings/${body.id}/lock`, { locked: true })).body,
  ).toMatchObject({
    code: 'meeting.nothing-to-lock',
  });
  const people = await organizer.client.get(`/organizer/events/${id}/meeting-people?q=手工所`);
  expect(people.body).toMatchObject({
    total: 1,
    rows: [{ name: b.person.name, organisation: '手工所', meetings: 1 }],
  });
  expect((await organizer.client.delete(`/organizer/meetings/${body.id}`)).status).toBe(200);
  expect((await readBoard(organizer, id)).meetings).toEqual([]);
  expect((await organizer.client.post(`/organizer/events/${id}/timetables`)).body).toMatchObject({
    code: 'timetable.no-meetings',
  });
});

test('one’s schedule lists events and meetings in order, with what overlaps', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1, title: '日程会' });
  const parallel = await makeMeetingEvent(platform, { slots: 2, tables: 1, title: '同时的会' });
  const [a, b] = [await firm('日程公司'), await lab('日程所')];
  const registrationId = await registerSide(platform, id, a);
  await registerSide(platform, id, b);
  await makeInterest(platform, a, b);
  await collect(id);
  await publish(await computeTimetable(organizer, id));
  const day = slotAt(0).slice(0, 10);
  const mine = (path = `?from=${day}&to=${day}`) =>
    a.person.client.get<{ entries: { title: string; conflicts: string[]; oneToOne: boolean }[] }>(
      `/my/schedule${path}`,
    );
  const oneToOne = async () => (await mine()).body.entries.map((entry) => entry.oneToOne);
  const meeting = (await readBoard(organizer, id)).meetings[0]!;
  expect((await mine()).body.entries).toMatchObject([
    { kind: 'event', title: '日程会', registrationId, conflicts: [], startsAt: slotAt(0), oneToOne: true },
    { kind: 'meeting', id: meeting.id, counterpart: '日程所', table: '1', conflicts: [] },
  ]);
  await registerSide(platform, parallel.id, a);
  await platform.dataSource.query(
    'UPDATE event SET slot_minutes = NULL, slots_start_at = NULL, slots_end_at = NULL WHERE id = $1',
    [parallel.id],
  );
  expect((await mine()).body.entries.map((entry) => [entry.title, entry.conflicts])).toEqual([
    ['日程会', ['同时的会']],
    ['同时的会', ['日程会', '日程所']],
    ['日程会', ['同时的会']],
  ]);
  expect(await oneToOne()).toEqual([true, false, true]);
  expect((await mine('?from=2020-01-01&to=2020-01-02')).body.entries).toEqual([]);
  expect((await mine('?from=2020-01-03&to=2020-01-02')).status).toBe(400);
});

test('the board takes as many queries for three meetings as for one', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 3, tables: 1 });
  const b = await lab('查询所');
  await registerSide(platform, id, b);
  const grow = async (name: string) => {
    const side = await firm(name);
    await registerSide(platform, id, side);
    await makeInterest(platform, side, b);
    await collect(id);
    await computeTimetable(organizer, id);
  };
  await grow('查询甲');
  const one = await countQueries(platform, () => readBoard(organizer, id));
  await grow('查询乙');
  await grow('查询丙');
  expect((await readBoard(organizer, id)).meetings).toHaveLength(3);
  expect(await countQueries(platform, () => readBoard(organizer, id))).toBe(one);
});

test('organizers’ routes and other people’s absences are refused to participants and visitors', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const a = await firm('无权公司');
  await registerSide(platform, id, a);
  const { client } = a.person;
  const statuses = await Promise.all([
    client.post(`/organizer/events/${id}/meetings/collect`),
    client.get(`/organizer/events/${id}/timetable`),
    client.post(`/organizer/events/${id}/timetables`),
    client.put(`/events/${id}/absences`, { personId: organizer.id, spans: [] }),
    platform.client().post(`/organizer/events/${id}/timetables`),
    platform.client().get('/my/schedule'),
  ]);
  expect(statuses.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 401, 401]);
});
