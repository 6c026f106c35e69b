import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  readBoard,
  registerSide,
  slotAt,
  type Side,
} from '../support/meetings.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import type { TimetableComparison } from '#libs/contracts/meetings/timetables.js';

let platform: TestPlatform;
let organizer: TestPerson;
let eventId: string;
let tables: string[];
let timetableId: string;
let firm: Side;
let labs: Side[];

beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
  const event = await makeMeetingEvent(platform, { slots: 6, tables: 2, title: '手工调整对接会' });
  [eventId, tables] = [event.id, event.tables];
  firm = await makeSide(platform, 'enterprise', '调整公司');
  labs = [
    await makeSide(platform, 'institute', '甲研究所'),
    await makeSide(platform, 'institute', '乙研究所'),
  ];
  for (const side of [firm, ...labs]) await registerSide(platform, eventId, side);
  for (const lab of labs) await makeInterest(platform, firm, lab);
  await organizer.client.post(`/organizer/events/${eventId}/meetings/collect`);
  timetableId = await computeTimetable(organizer, eventId);
});
afterAll(() => platform.stop());

const move = (id: string, to: { startsAt: string; tableId: string } | null) =>
  organizer.client.patch(`/organizer/timetables/${timetableId}/placements/${id}`, { to });
const undo = () => organizer.client.post(`/organizer/timetables/${timetableId}/undo`);
const placesOf = async () =>
  (await readBoard(organizer, eventId)).meetings.map(({ place }) =>
    place === null ? null : `${place.startsAt} ${place.tableId}`,
  );

test('changes by hand are taken back one after the other, the newest first', async () => {
  const start = await placesOf();
  const [one, two] = (await readBoard(organizer, eventId)).meetings;
  expect((await readBoard(organizer, eventId)).lastChange).toBeNull();
  expect((await undo()).body).toMatchObject({ status: 409, code: 'timetable.nothing-to-undo' });

  expect((await move(one!.id, { startsAt: slotAt(5), tableId: tables[1]! })).status).toBe(200);
  const moved = await placesOf();
  expect(moved[0]).toBe(`${slotAt(5)} ${tables[1]!}`);
  const swap = { meetingId: one!.id, otherId: two!.id };
  expect((await organizer.client.post(`/organizer/timetables/${timetableId}/swap`, swap)).status).toBe(200);
  expect(await placesOf()).toEqual([moved[1], moved[0]]);
  expect((await move(two!.id, null)).status).toBe(200);
  expect((await readBoard(organizer, eventId)).lastChange).toMatchObject({
    kind: 'take-out',
    meetingIds: [two!.id],
    by: '组织者',
  });

  expect((await undo()).status).toBe(200);
  expect(await placesOf()).toEqual([moved[1], moved[0]]);
  expect((await undo()).status).toBe(200);
  expect(await placesOf()).toEqual(moved);
  expect((await undo()).status).toBe(200);
  expect(await placesOf()).toEqual(start);
  expect((await undo()).body).toMatchObject({ code: 'timetable.nothing-to-undo' });
});

test('a change is not taken back onto a person who is away there by now', async () => {
  const start = await placesOf();
  const [one] = (await readBoard(organizer, eventId)).meetings;
  await move(one!.id, { startsAt: slotAt(5), tableId: tables[1]! });
  const was = one!.place!;
  await organizer.client.put(`/events/${eventId}/absences`, {
    personId: firm.person.id,
    spans: [{ startsAt: was.startsAt, endsAt: was.endsAt }],
  });
  const board = await readBoard(organizer, eventId);
  expect(board.away).toEqual([{ personId: firm.person.id, startsAt: was.startsAt, endsAt: was.endsAt }]);
  expect((await undo()).body).toMatchObject({
    code: 'placement.person-away',
    params: { person: firm.person.name },
  });
  // Refused as a whole: the change is still there to be taken back.
  await organizer.client.put(`/events/${eventId}/absences`, { personId: firm.person.id, spans: [] });
  expect((await undo()).status).toBe(200);
  expect(await placesOf()).toEqual(start);
});

test('two versions are compared: what moved, for whom, and the gaps of each person', async () => {
  const [one, two] = (await readBoard(organizer, eventId)).meetings;
  await move(one!.id, { startsAt: slotAt(0), tableId: tables[0]! });
  await move(two!.id, { startsAt: slotAt(1), tableId: tables[0]! });
  const oldId = timetableId;
  for (const id of [one!.id, two!.id]) {
    await organizer.client.post(`/organizer/meetings/${id}/lock`, { locked: true });
  }
  timetableId = await computeTimetable(organizer, eventId);
  const compare = (id: string, other: string) =>
    organizer.client.get<TimetableComparison>(`/organizer/timetables/${id}/compare?with=${other}`);
  // Locked meetings stay where they were put by hand.
  expect((await compare(timetableId, oldId)).body).toMatchObject({ moved: 0, unchanged: 2, rows: [] });

  await organizer.client.post(`/organizer/meetings/${two!.id}/lock`, { locked: false });
  expect((await move(two!.id, { startsAt: slotAt(3), tableId: tables[1]! })).status).toBe(200);
  const { body } = await compare(timetableId, oldId);
  expect(body).toMatchObject({
    before: { id: oldId, versionNo: 1, status: 'superseded' },
    after: { id: timetableId, versionNo: 2, status: 'draft' },
    added: 0,
    moved: 1,
    removed: 0,
    unchanged: 1,
  });
  expect(body.rows.map(({ meetingId, change }) => [meetingId, change])).toEqual([[two!.id, 'moved']]);
  const row = (side: Side) => body.people.find((person) => person.personId === side.person.id)!;
  expect(row(firm)).toMatchObject({ changed: 1, meetingsAfter: 2, breaksBefore: 0, breaksAfter: 1 });
  expect(body.people.reduce((sum, person) => sum + person.changed, 0)).toBe(2);

  const versions = await organizer.client.get<{ rows: { id: string }[] }>(
    `/organizer/events/${eventId}/timetables`,
  );
  expect(versions.body.rows.map(({ id }) => id)).toEqual([timetableId, oldId]);
  const other = await makeMeetingEvent(platform, { slots: 1, tables: 1 });
  const [foreign] = await platform.dataSource.query<{ id: string }[]>(
    "INSERT INTO timetable (event_id, version_no, status) VALUES ($1, 1, 'draft') RETURNING id",
    [other.id],
  );
  expect((await compare(timetableId, foreign!.id)).body).toMatchObject({ code: 'timetable.other-event' });
});

test('what is proved of a timetable is told in figures, with the reason why not all fit', async () => {
  const event = await makeMeetingEvent(platform, { slots: 1, tables: 2, title: '时段不足对接会' });
  const busy = await makeSide(platform, 'enterprise', '时段不足公司');
  await registerSide(platform, event.id, busy);
  for (const name of ['丙研究所', '丁研究所']) {
    const lab = await makeSide(platform, 'institute', name);
    await registerSide(platform, event.id, lab);
    await makeInterest(platform, busy, lab);
  }
  await organizer.client.post(`/organizer/events/${event.id}/meetings/collect`);
  const id = await computeTimetable(organizer, event.id);
  const { draft } = await readBoard(organizer, event.id);
  expect(draft!.progress).toMatchObject({ proof: 'optimal', placed: 1, breaks: 0 });
  expect(draft!.progress!.reasons[0]).toMatchObject({
    kind: 'participant-full',
    people: [busy.person.name],
    meetings: 2,
    freeSlots: 1,
  });
  // Stopping what is finished changes nothing.
  expect((await organizer.client.post(`/organizer/timetables/${id}/stop`)).status).toBe(200);
  expect((await readBoard(organizer, event.id)).draft!.status).toBe('draft');
});
