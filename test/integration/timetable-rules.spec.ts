import type { LimitsView } from '#libs/contracts/meetings/limits.js';
import type { MeetingView } from '#libs/contracts/meetings/meetings.js';
import type { MyTimetable } from '#libs/contracts/meetings/schedule.js';
import type { TimetableChanges, TimetableComparison } from '#libs/contracts/meetings/timetables.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
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
let counter = 0;

beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

interface Scene {
  readonly eventId: string;
  readonly tables: string[];
  readonly firm: Side;
  readonly labs: Side[];
}

/** An event with one firm and some labs, all registered. */
async function makeScene(options: { slots: number; tables: number; labs: number }): Promise<Scene> {
  counter += 1;
  const { id: eventId, tables } = await makeMeetingEvent(platform, {
    slots: options.slots,
    tables: options.tables,
    title: `规则对接会${counter}`,
  });
  const firm = await makeSide(platform, 'enterprise', `规则公司${counter}`);
  const labs: Side[] = [];
  for (let n = 1; n <= options.labs; n++)
    labs.push(await makeSide(platform, 'institute', `规则院所${counter}-${n}`));
  for (const side of [firm, ...labs]) await registerSide(platform, eventId, side);
  return { eventId, tables, firm, labs };
}

async function add(
  { eventId, firm }: Scene,
  lab: Side,
  settings: Record<string, unknown> = {},
): Promise<string> {
  const { status, body } = await organizer.client.post<{ id: string }>(
    `/organizer/events/${eventId}/meetings`,
    { enterprisePersonId: firm.person.id, institutePersonId: lab.person.id, ...settings },
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

const setTables = async ({ eventId, tables }: Scene, extra: Record<string, unknown>[]) => {
  const { body } = await organizer.client.get<{ updatedAt: string }>(`/organizer/events/${eventId}`);
  const answer = await organizer.client.put(`/organizer/events/${eventId}/tables`, {
    updatedAt: body.updatedAt,
    tables: tables.map((id, at) => ({ id, label: String(at + 1), room: null, ...extra[at] })),
  });
  expect(answer.status).toBe(200);
};
const placesOf = async (eventId: string) =>
  new Map((await readBoard(organizer, eventId)).meetings.map(({ id, place }) => [id, place]));
const move = (timetableId: string, id: string, startsAt: string, tableId: string) =>
  organizer.client.patch(`/organizer/timetables/${timetableId}/placements/${id}`, {
    to: { startsAt, tableId },
  });

test('a meeting of two slots is placed, written, published and protected from double booking for both', async () => {
  const scene = await makeScene({ slots: 3, tables: 1, labs: 2 });
  const long = await add(scene, scene.labs[0]!, { length: 2 });
  const short = await add(scene, scene.labs[1]!);
  const timetableId = await computeTimetable(organizer, scene.eventId);
  const places = await placesOf(scene.eventId);
  const place = places.get(long)!;
  expect(Date.parse(place.endsAt) - Date.parse(place.startsAt)).toBe(40 * 60_000);
  expect(places.get(short)).not.toBeNull();

  const table = scene.tables[0]!;
  const last = await move(timetableId, long, slotAt(2), table);
  expect(last.body).toMatchObject({ status: 409, code: 'placement.too-long' });
  expect((await organizer.client.post(`/organizer/timetables/${timetableId}/publish`)).status).toBe(200);
  const seats = await platform.dataSource.query<{ minutes: number }[]>(
    `SELECT extract(epoch FROM ends_at - starts_at)::int / 60 AS minutes FROM meeting_seat WHERE meeting_id = $1`,
    [long],
  );
  expect(seats).toEqual([{ minutes: 40 }, { minutes: 40 }]);
  const second = new Date(Date.parse(place.startsAt) + 20 * 60_000);
  await expect(
    platform.dataSource.query(
      `UPDATE meeting SET starts_at = $2, ends_at = $2::timestamptz + interval '20 minutes' WHERE id = $1`,
      [short, second],
    ),
  ).rejects.toThrow('meeting_table_once');
});

test('tables: needs are met, homes are used, and moves by hand are refused in words', async () => {
  const scene = await makeScene({ slots: 4, tables: 3, labs: 2 });
  await setTables(scene, [
    {},
    { features: ['screen'] },
    { homeOrganisationId: scene.labs[1]!.organisationId },
  ]);
  const shown = await add(scene, scene.labs[0]!, { features: ['screen'] });
  const home = await add(scene, scene.labs[1]!);
  const timetableId = await computeTimetable(organizer, scene.eventId);
  const places = await placesOf(scene.eventId);
  expect(places.get(shown)?.tableId).toBe(scene.tables[1]);
  expect(places.get(home)?.tableId).toBe(scene.tables[2]);
  const refused = await move(timetableId, shown, slotAt(3), scene.tables[0]!);
  expect(refused.body).toMatchObject({ status: 409, code: 'placement.table-no-screen' });
  expect((await move(timetableId, shown, slotAt(3), scene.tables[1]!)).status).toBe(200);
});

test('whoever changes the room has time to walk, computed and by hand', async () => {
  const scene = await makeScene({ slots: 4, tables: 2, labs: 2 });
  await platform.dataSource.query(
    `WITH place AS (INSERT INTO venue (name) VALUES ($1) RETURNING id)
     UPDATE event SET venue_id = (SELECT id FROM place), room_change_minutes = 15 WHERE id = $2`,
    [`两厅会场${scene.eventId}`, scene.eventId],
  );
  await setTables(scene, [
    { room: '东厅', features: ['screen'] },
    { room: '西厅', features: ['quiet'] },
  ]);
  const east = await add(scene, scene.labs[0]!, { features: ['screen'] });
  const west = await add(scene, scene.labs[1]!, { features: ['quiet'] });
  const timetableId = await computeTimetable(organizer, scene.eventId);
  const places = await placesOf(scene.eventId);
  const starts = [places.get(east)!, places.get(west)!].map((place) => Date.parse(place.startsAt)).sort();
  expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(40 * 60_000);
  await move(timetableId, east, slotAt(0), scene.tables[0]!);
  await move(timetableId, west, slotAt(3), scene.tables[1]!);
  const refused = await move(timetableId, west, slotAt(1), scene.tables[1]!);
  expect(refused.body).toMatchObject({ status: 409, code: 'placement.too-far' });
  expect(JSON.stringify(refused.body)).toContain('东厅');
  expect((await move(timetableId, west, slotAt(2), scene.tables[1]!)).status).toBe(200);
});

test('a guest of a third organisation sits with them, reads the meeting and is invited with the publication', async () => {
  const scene = await makeScene({ slots: 2, tables: 2, labs: 2 });
  const [lab, guest] = scene.labs as [Side, Side];
  const id = await add(scene, lab, { guestIds: [guest.person.id] });
  const other = await add(scene, guest);
  const same = await organizer.client.patch(`/organizer/meetings/${id}`, { guestIds: [lab.person.id] });
  expect(same.body).toMatchObject({ status: 400, code: 'meeting.guest-is-side' });
  const timetableId = await computeTimetable(organizer, scene.eventId);
  const places = await placesOf(scene.eventId);
  // The firm and the guest are in both: one after the other.
  expect(places.get(id)?.startsAt).not.toBe(places.get(other)?.startsAt);
  const clash = await move(timetableId, other, places.get(id)!.startsAt, scene.tables[1]!);
  expect(clash.body).toMatchObject({ code: 'placement.person-busy' });

  expect((await guest.person.client.get(`/meetings/${id}`)).status).toBe(200);
  await organizer.client.post(`/organizer/timetables/${timetableId}/publish`);
  const told = (await meetingMails(platform, scene.eventId)).map(([, name]) => name).sort();
  expect(told).toEqual([scene.firm, lab, guest, scene.firm, guest].map((side) => side.person.name).sort());
  const mine = await guest.person.client.get<MyTimetable>(`/events/${scene.eventId}/timetable`);
  expect(mine.body.meetings.map((meeting) => meeting.id).sort()).toEqual([id, other].sort());
  const view = await guest.person.client.get<MeetingView>(`/meetings/${id}`);
  expect(view.body).toMatchObject({ mySide: null, enterprise: { contact: null }, canCancel: false });
  expect(view.body.guests.map((one) => one.personId)).toEqual([guest.person.id]);
});

test('a guest who is added later is told when it is published again, and nobody else moves', async () => {
  const scene = await makeScene({ slots: 2, tables: 1, labs: 2 });
  const [lab, guest] = scene.labs as [Side, Side];
  const id = await add(scene, lab);
  const first = await computeTimetable(organizer, scene.eventId);
  await organizer.client.post(`/organizer/timetables/${first}/publish`);
  await organizer.client.patch(`/organizer/meetings/${id}`, { guestIds: [guest.person.id] });
  const before = await meetingMails(platform, scene.eventId);
  expect(before.map(([, name]) => name)).not.toContain(guest.person.name);
  const next = await computeTimetable(organizer, scene.eventId);
  const { body: changes } = await organizer.client.get<TimetableChanges>(
    `/organizer/timetables/${next}/changes`,
  );
  expect(changes).toMatchObject({ added: 0, moved: 1, removed: 0, people: 3 });
  await organizer.client.post(`/organizer/timetables/${next}/publish`);
  const after = await meetingMails(platform, scene.eventId);
  expect(after.slice(before.length).map(([topic, name]) => `${topic} ${name}`)).toContain(
    `${before[0]![0]} ${guest.person.name}`,
  );
});

test('least and most per person, organisation and kind: kept when computed, refused by hand, named in the reason', async () => {
  const scene = await makeScene({ slots: 6, tables: 2, labs: 3 });
  const ids = [];
  for (const lab of scene.labs) ids.push(await add(scene, lab));
  const path = `/organizer/events/${scene.eventId}/meeting-limits`;
  const wrong = { limits: [{ personId: scene.firm.person.id, min: 3, max: 2 }] };
  expect((await organizer.client.put(path, wrong)).status).toBe(400);
  const nobody = { limits: [{ organisationId: scene.eventId, max: 2 }] };
  expect((await organizer.client.put(path, nobody)).body).toMatchObject({ code: 'record.not-found' });

  const limits = { limits: [{ personId: scene.firm.person.id, min: 1, max: 2 }] };
  const written = await organizer.client.put<LimitsView>(path, limits);
  expect(written.body.limits).toMatchObject([{ name: scene.firm.person.name, min: 1, max: 2 }]);
  const timetableId = await computeTimetable(organizer, scene.eventId);
  const board = await readBoard(organizer, scene.eventId);
  const [left] = board.meetings.filter((meeting) => meeting.place === null);
  expect(left?.unplaced).toMatchObject({ reason: 'participant-maximum', person: scene.firm.person.name });
  expect(board.meetings.filter((meeting) => meeting.place !== null)).toHaveLength(2);
  const refused = await move(timetableId, left!.id, slotAt(5), scene.tables[1]!);
  expect(refused.body).toMatchObject({ status: 409, code: 'placement.person-maximum' });

  await organizer.client.put(path, { limits: [{ organisationKind: 'institute', max: 1 }] });
  await computeTimetable(organizer, scene.eventId);
  const next = await readBoard(organizer, scene.eventId);
  expect(next.meetings.filter((meeting) => meeting.place !== null)).toHaveLength(1);
  expect(next.meetings.find((meeting) => meeting.place === null)?.unplaced?.reason).toBe('group-maximum');
  await expect(
    platform.dataSource.query(
      'INSERT INTO meeting_limit (event_id, person_id, min_meetings, max_meetings) VALUES ($1, $2, 3, 2)',
      [scene.eventId, scene.firm.person.id],
    ),
  ).rejects.toThrow('meeting_limit_order');
});

test('a meeting that grows keeps its place in the draft when it fits, and leaves it when not', async () => {
  const scene = await makeScene({ slots: 3, tables: 1, labs: 2 });
  const [one, two] = [await add(scene, scene.labs[0]!), await add(scene, scene.labs[1]!)];
  const timetableId = await computeTimetable(organizer, scene.eventId);
  const table = scene.tables[0]!;
  for (const id of [one, two]) await move(timetableId, id, slotAt(2), table);
  await organizer.client.patch(`/organizer/timetables/${timetableId}/placements/${two}`, { to: null });
  await move(timetableId, one, slotAt(0), table);
  await move(timetableId, two, slotAt(2), table);
  const grown = await organizer.client.patch(`/organizer/meetings/${one}`, { length: 2 });
  expect(grown.body).toEqual({ draft: 'kept' });
  const tooLong = await organizer.client.patch(`/organizer/meetings/${one}`, { length: 3 });
  expect(tooLong.body).toEqual({ draft: 'taken-out' });
  expect((await placesOf(scene.eventId)).get(one)).toBeNull();
});

test('one’s own slots without meetings are kept free; organizers set them for others too', async () => {
  const scene = await makeScene({ slots: 2, tables: 1, labs: 1 });
  const id = await add(scene, scene.labs[0]!);
  const path = `/events/${scene.eventId}/absences`;
  const spans = [{ startsAt: slotAt(0), endsAt: slotAt(1) }];
  const own = await scene.firm.person.client.put<{ slots: unknown[] }>(path, { spans });
  expect(own.body.slots).toEqual([
    { startsAt: slotAt(0), endsAt: slotAt(1) },
    { startsAt: slotAt(1), endsAt: slotAt(2) },
  ]);
  await computeTimetable(organizer, scene.eventId);
  expect((await placesOf(scene.eventId)).get(id)?.startsAt).toBe(slotAt(1));
  const forOther = {
    personId: scene.labs[0]!.person.id,
    spans: [{ startsAt: slotAt(1), endsAt: slotAt(2) }],
  };
  expect((await scene.firm.person.client.put(path, forOther)).status).toBe(403);
  expect((await organizer.client.put(path, forOther)).status).toBe(200);
  await computeTimetable(organizer, scene.eventId);
  expect((await readBoard(organizer, scene.eventId)).meetings[0]?.unplaced?.reason).toBe('no-common-slot');
});

test('a meeting of two slots that has begun keeps its table and people until it ends', async () => {
  const scene = await makeScene({ slots: 3, tables: 1, labs: 2 });
  const running = await add(scene, scene.labs[0]!, { length: 2 });
  const first = await computeTimetable(organizer, scene.eventId);
  await move(first, running, slotAt(0), scene.tables[0]!);
  await organizer.client.post(`/organizer/timetables/${first}/publish`);
  // Now it is ten minutes into its first slot.
  const by = `${Date.now() - 10 * 60_000 - Date.parse(slotAt(0))} milliseconds`;
  for (const statement of [
    `UPDATE event SET starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval,
       slots_start_at = slots_start_at + $2::interval, slots_end_at = slots_end_at + $2::interval WHERE id = $1`,
    `UPDATE meeting SET starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval WHERE event_id = $1`,
    `UPDATE meeting_seat SET starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval
     WHERE meeting_id IN (SELECT id FROM meeting WHERE event_id = $1)`,
  ])
    await platform.dataSource.query(statement, [scene.eventId, by]);
  const next = await add(scene, scene.labs[1]!);
  const second = await computeTimetable(organizer, scene.eventId);
  const board = await readBoard(organizer, scene.eventId);
  expect(board.slots.map((slot) => slot.open)).toEqual([false, true, true]);
  const places = new Map(board.meetings.map(({ id, place }) => [id, place]));
  expect(places.get(next)?.startsAt).toBe(board.slots[2]!.startsAt);
  expect(places.get(running)?.startsAt).toBe(board.slots[0]!.startsAt);
  const clash = await move(second, next, board.slots[1]!.startsAt, scene.tables[0]!);
  expect(clash.body).toMatchObject({ status: 409, code: 'placement.person-busy' });
});

test('a time two agree on: at a table near enough to where they come from, though another is first', async () => {
  const scene = await makeScene({ slots: 4, tables: 2, labs: 2 });
  await platform.dataSource.query(
    `WITH place AS (INSERT INTO venue (name) VALUES ($1) RETURNING id)
     UPDATE event SET venue_id = (SELECT id FROM place), room_change_minutes = 15 WHERE id = $2`,
    [`邀约会场${scene.eventId}`, scene.eventId],
  );
  await setTables(scene, [{ room: '西厅' }, { room: '东厅', features: ['screen'] }]);
  const east = await add(scene, scene.labs[0]!, { features: ['screen'] });
  const timetableId = await computeTimetable(organizer, scene.eventId);
  await move(timetableId, east, slotAt(0), scene.tables[1]!);
  expect((await organizer.client.post(`/organizer/timetables/${timetableId}/publish`)).status).toBe(200);
  const lab = scene.labs[1]!;
  const asked = await lab.person.client.post<{ id: string }>(`/events/${scene.eventId}/meeting-requests`, {
    organisationId: scene.firm.organisationId,
    startsAt: slotAt(1),
  });
  expect(asked.status).toBe(201);
  const accepted = await scene.firm.person.client.post(`/meeting-requests/${asked.body.id}/accept`, {});
  expect(accepted.status).toBe(200);
  const board = await readBoard(organizer, scene.eventId, 'published');
  const agreed = board.meetings.find((meeting) => meeting.id !== east)!;
  expect([agreed.published?.startsAt, agreed.published?.tableId]).toEqual([slotAt(1), scene.tables[1]]);
});

test('comparing versions counts every slot of a long meeting, and its guests', async () => {
  const scene = await makeScene({ slots: 5, tables: 2, labs: 2 });
  const [lab, guest] = scene.labs as [Side, Side];
  const long = await add(scene, lab, { length: 2, guestIds: [guest.person.id] });
  const short = await add(scene, guest);
  const first = await computeTimetable(organizer, scene.eventId);
  const second = await computeTimetable(organizer, scene.eventId);
  for (const [id, slot] of [
    [short, 4],
    [long, 0],
    [short, 2],
  ] as const)
    await move(second, id, slotAt(slot), scene.tables[1]!);
  const { body } = await organizer.client.get<TimetableComparison>(
    `/organizer/timetables/${second}/compare?with=${first}`,
  );
  const people = body.people.map(({ person, meetingsAfter, breaksAfter }) => [
    person,
    meetingsAfter,
    breaksAfter,
  ]);
  expect(new Map(people.map(([person, ...figures]) => [person, figures]))).toEqual(
    new Map([
      [scene.firm.person.name, [2, 0]],
      [guest.person.name, [2, 0]],
      [lab.person.name, [1, 0]],
    ]),
  );
});
