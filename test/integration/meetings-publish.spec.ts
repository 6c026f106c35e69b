import type { CancellationView } from '#libs/contracts/meetings/cancellation.js';
import type { MyTimetable } from '#libs/contracts/meetings/schedule.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { waitForMails } from '../support/mailbox.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  meetingMails,
  readBoard,
  registerSide,
  slotAt,
  type Side,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

interface Scene {
  eventId: string;
  tables: string[];
  firms: Side[];
  labs: Side[];
}

/** Two firms and two labs at an event, each firm interested in each lab, mutually. */
async function makeScene(mark: string, slots = 3, tables = 2): Promise<Scene> {
  const event = await makeMeetingEvent(platform, { slots, tables, title: `${mark}对接会` });
  const firms = [
    await makeSide(platform, 'enterprise', `${mark}甲公司`),
    await makeSide(platform, 'enterprise', `${mark}乙公司`),
  ];
  const labs = [
    await makeSide(platform, 'institute', `${mark}子研究所`),
    await makeSide(platform, 'institute', `${mark}丑研究所`),
  ];
  for (const side of [...firms, ...labs]) await registerSide(platform, event.id, side);
  for (const firm of firms) for (const lab of labs) await makeInterest(platform, firm, lab);
  return { eventId: event.id, tables: event.tables, firms, labs };
}

const collect = (eventId: string) => organizer.client.post(`/organizer/events/${eventId}/meetings/collect`);
const publish = (id: string) => organizer.client.post(`/organizer/timetables/${id}/publish`);
const places = async (eventId: string) =>
  Object.fromEntries(
    (await readBoard(organizer, eventId, 'published')).meetings.map((meeting) => [
      meeting.id,
      meeting.published === null ? null : `${meeting.published.startsAt} ${meeting.published.table}`,
    ]),
  );

test('mutual interests become meetings in slots, and both sides are invited exactly once', async () => {
  const { eventId, firms, labs } = await makeScene('流程');
  expect((await collect(eventId)).body).toEqual({
    created: 4,
    joined: 0,
    existing: 0,
    skipped: [],
    beyondMaxima: 0,
  });
  expect((await collect(eventId)).body).toEqual({
    created: 0,
    joined: 0,
    existing: 4,
    skipped: [],
    beyondMaxima: 0,
  });

  const timetableId = await computeTimetable(organizer, eventId);
  const draft = await readBoard(organizer, eventId);
  expect(draft.shown).toBe('draft');
  expect(draft.slots.map((slot) => slot.startsAt)).toEqual([slotAt(0), slotAt(1), slotAt(2)]);
  expect(draft.draft).toMatchObject({ id: timetableId, versionNo: 1, placed: 4, unplaced: 0, moved: 0 });
  expect(draft.meetings.map((meeting) => meeting.place === null)).toEqual([false, false, false, false]);
  const seats = draft.meetings.flatMap(({ place, enterprise, institute }) =>
    [enterprise.personId, institute.personId, place!.tableId].map((who) => `${who} ${place!.startsAt}`),
  );
  expect(new Set(seats).size).toBe(12);
  expect(await meetingMails(platform, eventId)).toEqual([]);
  expect((await firms[0]!.person.client.get(`/events/${eventId}/timetable`)).body).toMatchObject({
    meetings: [
      { status: 'requested', startsAt: null },
      { status: 'requested', startsAt: null },
    ],
  });

  const preview = await organizer.client.get(`/organizer/timetables/${timetableId}/changes`);
  expect(preview.body).toMatchObject({ added: 4, moved: 0, removed: 0, unchanged: 0, people: 4 });
  const published = await publish(timetableId);
  expect(published.status).toBe(200);
  expect(published.body).toEqual({ added: 4, moved: 0, removed: 0, unchanged: 0, invitations: 8 });
  expect((await publish(timetableId)).body).toMatchObject({ status: 409, code: 'timetable.not-draft' });

  const mails = await meetingMails(platform, eventId);
  const everybody = [...firms, ...labs].map((side) => side.person.name);
  expect(mails.map(([topic, , sequence]) => [topic, sequence])).toEqual(
    Array.from({ length: 8 }, () => ['invitation-request', 0]),
  );
  expect(mails.map(([, name]) => name).sort()).toEqual([...everybody, ...everybody].sort());
  const received = await waitForMails(platform.dataSource, firms[0]!.person.email, 'invitation-request', 2);
  const mine = (await readBoard(organizer, eventId)).meetings.filter(
    (meeting) => meeting.enterprise.personId === firms[0]!.person.id,
  );
  expect(received.map((mail) => mail.calendar!.start.toISOString()).sort()).toEqual(
    mine.map((meeting) => meeting.published!.startsAt).sort(),
  );
  const counts = await platform.dataSource.query<Record<string, number>[]>(
    `SELECT (SELECT count(*)::int FROM meeting WHERE event_id = $1 AND status = 'scheduled') AS scheduled,
            (SELECT count(*)::int FROM meeting_seat s JOIN meeting m ON m.id = s.meeting_id WHERE m.event_id = $1) AS seats`,
    [eventId],
  );
  expect(counts).toEqual([{ scheduled: 4, seats: 8 }]);
});

test('a cancelled meeting is taken out of both calendars, and computing again moves nothing else', async () => {
  const { eventId, firms, labs } = await makeScene('取消');
  await collect(eventId);
  await publish(await computeTimetable(organizer, eventId));
  const before = await places(eventId);
  const meeting = (await readBoard(organizer, eventId)).meetings.find(
    (row) => row.enterprise.personId === firms[0]!.person.id && row.institute.personId === labs[0]!.person.id,
  )!;
  const cancel = (who: Side | TestPerson, reason: string) =>
    ('person' in who ? who.person : who).client.post(`/meetings/${meeting.id}/cancel`, { reason });

  expect((await cancel(firms[1]!, '无关')).status).toBe(404);
  expect((await cancel(labs[0]!, '  ')).status).toBe(400);
  expect((await cancel(labs[0]!, '设备故障，改期再谈')).status).toBe(200);
  expect((await cancel(labs[0]!, '再取消一次')).body).toMatchObject({ code: 'transition.not-allowed' });
  expect((await firms[0]!.person.client.get(`/meetings/${meeting.id}`)).body).toMatchObject({
    status: 'cancelled',
    cancelReason: '设备故障，改期再谈',
    canCancel: false,
  });

  const timetableId = await computeTimetable(organizer, eventId);
  const changes = await organizer.client.get(`/organizer/timetables/${timetableId}/changes`);
  expect(changes.body).toEqual({ added: 0, moved: 0, removed: 0, unchanged: 3, people: 0, rows: [] });
  expect((await publish(timetableId)).body).toMatchObject({ unchanged: 3, invitations: 0 });
  const { [meeting.id]: _, ...rest } = before;
  expect(await places(eventId)).toEqual(rest);
  const told = (await meetingMails(platform, eventId)).slice(8).map((mail) => mail.join(' '));
  expect(told.sort()).toEqual(
    [firms[0]!, labs[0]!].map((side) => `invitation-cancel ${side.person.name} 1`).sort(),
  );
  // What was cancelled does not come back by itself.
  const again = await collect(eventId);
  expect(again.body).toMatchObject({ created: 0, existing: 3, skipped: [{ reason: 'cancelled-before' }] });
});

test('before a meeting is cancelled it says who is told, whose day gets a gap and who could use the slot', async () => {
  const { eventId, firms, labs } = await makeScene('预览');
  const [firm, other] = [firms[0]!, firms[1]!];
  const third = await makeSide(platform, 'institute', '预览寅研究所');
  const away = await makeSide(platform, 'enterprise', '预览丙公司');
  for (const side of [third, away]) await registerSide(platform, eventId, side);
  const meetAt = async (lab: Side, slot: number) => {
    const asked = await firm.person.client.post<{ id: string }>(`/events/${eventId}/meeting-requests`, {
      organisationId: lab.organisationId,
      startsAt: slotAt(slot),
    });
    expect((await lab.person.client.post(`/meeting-requests/${asked.body.id}/accept`, {})).status).toBe(200);
  };
  for (const [slot, lab] of [...labs, third].entries()) await meetAt(lab, slot);
  const wait = async (enterprise: Side) => {
    const { status, body } = await organizer.client.post<{ id: string }>(
      `/organizer/events/${eventId}/meetings`,
      {
        enterprisePersonId: enterprise.person.id,
        institutePersonId: labs[0]!.person.id,
      },
    );
    expect(status).toBe(201);
    return body.id;
  };
  const waiting = await wait(other);
  await wait(away);
  await platform.dataSource.query(
    'INSERT INTO absence (event_id, person_id, starts_at, ends_at) VALUES ($1, $2, $3, $4)',
    [eventId, away.person.id, slotAt(1), slotAt(2)],
  );
  const { id } = (await readBoard(organizer, eventId)).meetings.find(
    ({ institute }) => institute.personId === labs[1]!.person.id,
  )!;
  const preview = (who: Side, meetingId = id) =>
    who.person.client.get<CancellationView>(`/meetings/${meetingId}/cancellation`);
  const mails = await meetingMails(platform, eventId);

  const { told, ...rest } = (await preview(firm)).body;
  expect(told.map(({ person, mine }) => `${person} ${mine}`).sort()).toEqual(
    [`${firm.person.name} true`, `${labs[1]!.person.name} false`].sort(),
  );
  const gap = {
    person: firm.person.name,
    organisation: firm.organisation,
    startsAt: slotAt(1),
    endsAt: slotAt(2),
    breaksBefore: 0,
    breaksAfter: 1,
  };
  expect(rest).toEqual({
    gaps: [{ ...gap, mine: true }],
    slot: { startsAt: slotAt(1), endsAt: slotAt(2), waiting: 1 },
  });
  expect((await preview(labs[1]!)).body.gaps).toEqual([{ ...gap, mine: false }]);
  expect((await preview(other, waiting)).body).toEqual({ told: [], gaps: [], slot: null });
  expect((await preview(other)).status).toBe(404);
  // Looking changes nothing, and doing it tells those it named.
  expect((await firm.person.client.get(`/meetings/${id}`)).body).toMatchObject({ status: 'scheduled' });
  expect(await meetingMails(platform, eventId)).toEqual(mails);
  const mine = (await firm.person.client.get<MyTimetable>(`/events/${eventId}/timetable`)).body.meetings;
  expect(mine.map(({ canCancel }) => canCancel)).toEqual([true, true, true]);
  expect((await firm.person.client.post(`/meetings/${id}/cancel`, { reason: '另有安排' })).status).toBe(200);
  const written = (await meetingMails(platform, eventId)).slice(mails.length);
  expect(written.map(([topic, name]) => `${topic} ${name}`).sort()).toEqual(
    told.map(({ person }) => `invitation-cancel ${person}`).sort(),
  );
  expect((await preview(firm)).body).toMatchObject({ code: 'transition.not-allowed' });
});

test('a meeting moved by hand is an update of one invitation on each side', async () => {
  const { eventId, tables, firms, labs } = await makeScene('移动', 4, 2);
  await collect(eventId);
  await publish(await computeTimetable(organizer, eventId));
  const timetableId = await computeTimetable(organizer, eventId);
  const board = await readBoard(organizer, eventId);
  const meeting = board.meetings[0]!;
  const to = { startsAt: slotAt(3), tableId: tables[1]! };
  const moved = await organizer.client.patch(
    `/organizer/timetables/${timetableId}/placements/${meeting.id}`,
    { to },
  );
  expect(moved.status).toBe(200);
  expect((await publish(timetableId)).body).toEqual({
    added: 0,
    moved: 1,
    removed: 0,
    unchanged: 3,
    invitations: 2,
  });
  expect((await readBoard(organizer, eventId)).meetings[0]!.published).toMatchObject(to);
  const told = (await meetingMails(platform, eventId)).slice(8);
  expect(told.map((mail) => mail.join(' ')).sort()).toEqual(
    [meeting.enterprise.person, meeting.institute.person].map((name) => `invitation-update ${name} 1`).sort(),
  );
  expect(
    [...firms, ...labs].filter((side) => told.some(([, name]) => name === side.person.name)),
  ).toHaveLength(2);
});

test('a meeting that loses its place is called off and waits again', async () => {
  const { eventId } = await makeScene('失去');
  await collect(eventId);
  await publish(await computeTimetable(organizer, eventId));
  const timetableId = await computeTimetable(organizer, eventId);
  const meeting = (await readBoard(organizer, eventId)).meetings[0]!;
  await organizer.client.patch(`/organizer/timetables/${timetableId}/placements/${meeting.id}`, { to: null });
  expect((await publish(timetableId)).body).toEqual({
    added: 0,
    moved: 0,
    removed: 1,
    unchanged: 3,
    invitations: 2,
  });
  expect((await readBoard(organizer, eventId)).meetings[0]).toMatchObject({
    status: 'requested',
    published: null,
    unplaced: { reason: 'not-computed' },
  });
  expect((await meetingMails(platform, eventId)).slice(8).map(([topic]) => topic)).toEqual([
    'invitation-cancel',
    'invitation-cancel',
  ]);
});

test('two events published at once for one person: one of them is refused and names the other', async () => {
  const lab = await makeSide(platform, 'institute', '两边跑研究所');
  const events = [];
  for (const title of ['东区对接会', '西区对接会']) {
    const event = await makeMeetingEvent(platform, { slots: 1, tables: 1, title });
    const firm = await makeSide(platform, 'enterprise', `${title}公司`);
    await registerSide(platform, event.id, firm);
    await registerSide(platform, event.id, lab);
    const { body } = await organizer.client.post<{ id: string }>(`/organizer/events/${event.id}/meetings`, {
      enterprisePersonId: firm.person.id,
      institutePersonId: lab.person.id,
    });
    events.push({
      ...event,
      title,
      meetingId: body.id,
      timetableId: await computeTimetable(organizer, event.id),
    });
  }
  const answers = await Promise.all(events.map((event) => publish(event.timetableId)));
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409]);
  const loser = answers.findIndex((answer) => answer.status === 409);
  expect(answers[loser]!.body).toMatchObject({
    code: 'meeting.booked-elsewhere',
    params: { person: lab.person.name, event: events[1 - loser]!.title },
  });
  const seats = await platform.dataSource.query('SELECT meeting_id FROM meeting_seat WHERE person_id = $1', [
    lab.person.id,
  ]);
  expect(seats).toEqual([{ meeting_id: events[1 - loser]!.meetingId }]);
  // Computed anew, the loser's meeting has no slot left.
  await computeTimetable(organizer, events[loser]!.id);
  const [meeting] = (await readBoard(organizer, events[loser]!.id)).meetings;
  expect(meeting!.unplaced).toEqual({
    reason: 'no-common-slot',
    person: null,
    group: null,
    meetings: null,
    freeSlots: 0,
  });
});

test('places written behind the algorithm’s back are refused by the database', async () => {
  const { eventId, tables, firms } = await makeScene('暗改', 3, 3);
  await collect(eventId);
  const timetableId = await computeTimetable(organizer, eventId);
  const { meetings } = await readBoard(organizer, eventId);
  const own = meetings.filter((meeting) => meeting.enterprise.personId === firms[0]!.person.id);
  const clash = own[0]!.place!;
  const taken = meetings
    .filter(({ place }) => place?.startsAt === clash.startsAt)
    .map(({ place }) => place!.tableId);
  const free = tables.find((table) => !taken.includes(table))!;
  const rewrite = (table: string, more = '') =>
    platform.dataSource.query(
      `UPDATE ${table} SET starts_at = $3, ends_at = $4 ${more} WHERE timetable_id = $1 AND meeting_id = $2`,
      [timetableId, own[1]!.id, clash.startsAt, clash.endsAt],
    );
  await expect(rewrite('placement_seat')).rejects.toMatchObject({
    driverError: { constraint: 'placement_seat_person_once' },
  });
  await expect(rewrite('placement', `, table_id = '${clash.tableId}'`)).rejects.toMatchObject({
    driverError: { constraint: 'placement_table_once' },
  });
  await rewrite('placement', `, table_id = '${free}'`);
  expect((await publish(timetableId)).body).toMatchObject({
    code: 'meeting.booked-elsewhere',
    params: { person: firms[0]!.person.name, event: '暗改对接会' },
  });
  expect(await meetingMails(platform, eventId)).toEqual([]);
});
