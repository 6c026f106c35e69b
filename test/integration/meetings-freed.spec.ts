import type { MyRequests } from '#libs/contracts/meetings/requests.js';
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

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

interface Scene {
  eventId: string;
  /** By how well they match: the first has the only slot and table, the others wait. */
  pairs: { firm: Side; lab: Side; meetingId: string }[];
}

/** One slot and one table, days from now, published for the first of the pairs. */
async function makeScene(name: string, count: number): Promise<Scene> {
  const { id: eventId } = await makeMeetingEvent(platform, { slots: 1, tables: 1, title: `${name}对接会` });
  const sides: { firm: Side; lab: Side }[] = [];
  for (let index = 0; index < count; index++) {
    const firm = await makeSide(platform, 'enterprise', `${name}公司${index}`);
    const lab = await makeSide(platform, 'institute', `${name}研究所${index}`);
    for (const side of [firm, lab]) await registerSide(platform, eventId, side);
    await makeInterest(platform, firm, lab, { score: 0.9 - index * 0.2 });
    sides.push({ firm, lab });
  }
  await organizer.client.post(`/organizer/events/${eventId}/meetings/collect`);
  await organizer.client.post(`/organizer/timetables/${await computeTimetable(organizer, eventId)}/publish`);
  const { meetings } = await readBoard(organizer, eventId);
  const pairs = sides.map((pair) => ({
    ...pair,
    meetingId: meetings.find((one) => one.enterprise.personId === pair.firm.person.id)!.id,
  }));
  return { eventId, pairs };
}

const cancel = (who: TestPerson, id: string) =>
  who.client.post(`/meetings/${id}/cancel`, { reason: '另有安排' });
const offersOf = async (side: Side, eventId: string) =>
  (await side.person.client.get<MyRequests>(`/events/${eventId}/meeting-requests`)).body.offers;
const answer = (side: Side, id: string, accept: boolean) =>
  side.person.client.post(`/slot-offers/${id}/answer`, { accept });
const placeOf = async (eventId: string, id: string) =>
  (await readBoard(organizer, eventId, 'published')).meetings.find((one) => one.id === id)!.published;
const place = { startsAt: slotAt(0), endsAt: slotAt(1), table: '1' };

test('the slot of a cancelled meeting is offered to who waits, the next after a no, and nobody is moved', async () => {
  const { eventId, pairs } = await makeScene('取消', 3);
  const [first, second, third] = [pairs[0]!, pairs[1]!, pairs[2]!];
  expect((await cancel(first.lab.person, first.meetingId)).status).toBe(200);
  const [offer, ...none] = await offersOf(second.firm, eventId);
  expect(none).toEqual([]);
  expect(offer).toMatchObject({
    ...place,
    status: 'open',
    meetingId: second.meetingId,
    expiresAt: new Date(Date.parse(slotAt(1)) - 5 * 60_000).toISOString(),
  });
  expect(await offersOf(third.firm, eventId)).toEqual([]);
  const told = await platform.dataSource.query<{ name: string }[]>(
    `SELECT p.name FROM notification n JOIN person p ON p.id = n.person_id WHERE n.event_id = $1 AND n.channel = 'mail'
       AND n.payload->>'state' = 'slot-offered' ORDER BY p.name`,
    [eventId],
  );
  expect(told.map(({ name }) => name)).toEqual(
    [second.firm, second.lab].map((side) => side.person.name).sort(),
  );

  expect((await answer(second.firm, offer!.id, true)).status).toBe(200);
  expect((await answer(second.lab, offer!.id, false)).status).toBe(200);
  expect(await placeOf(eventId, second.meetingId)).toBe(null);
  const [next] = await offersOf(third.lab, eventId);
  for (const side of [third.firm, third.lab]) expect((await answer(side, next!.id, true)).status).toBe(200);
  expect(await placeOf(eventId, third.meetingId)).toMatchObject(place);
  const seats = await platform.dataSource.query<{ name: string }[]>(
    `SELECT p.name FROM meeting_seat s JOIN person p ON p.id = s.person_id JOIN meeting m ON m.id = s.meeting_id
     WHERE m.event_id = $1 ORDER BY p.name`,
    [eventId],
  );
  expect(seats.map(({ name }) => name)).toEqual(
    [third.firm, third.lab].map((side) => side.person.name).sort(),
  );
});

test('who ends the registration frees the slot too, and publishing takes an offer back that it fills', async () => {
  const { eventId, pairs } = await makeScene('退出', 3);
  const [first, second, third] = [pairs[0]!, pairs[1]!, pairs[2]!];
  const [{ id }] = await platform.dataSource.query(
    'SELECT id FROM registration WHERE event_id = $1 AND person_id = $2',
    [eventId, first.firm.person.id],
  );
  expect((await first.firm.person.client.post(`/registrations/${id}/cancel`, { note: null })).status).toBe(
    200,
  );
  const [offer] = await offersOf(second.lab, eventId);
  expect(offer).toMatchObject({ ...place, meetingId: second.meetingId });

  // The organizers give the slot to the third pair by hand: the offer ends, and cannot be accepted any more.
  const draft = await computeTimetable(organizer, eventId);
  const board = await readBoard(organizer, eventId);
  for (const meeting of board.meetings.filter((one) => one.place !== null))
    await organizer.client.patch(`/organizer/timetables/${draft}/placements/${meeting.id}`, { to: null });
  const to = { startsAt: slotAt(0), tableId: board.tables[0]!.id };
  expect(
    (await organizer.client.patch(`/organizer/timetables/${draft}/placements/${third.meetingId}`, { to }))
      .status,
  ).toBe(200);
  expect((await organizer.client.post(`/organizer/timetables/${draft}/publish`)).status).toBe(200);
  expect(await offersOf(second.lab, eventId)).toEqual([]);
  expect((await answer(second.lab, offer!.id, true)).body).toMatchObject({ code: 'offer.closed' });
  expect(await placeOf(eventId, third.meetingId)).toMatchObject(place);
});

test('a cancelled event offers nothing, and a meeting without a place frees none', async () => {
  const { eventId, pairs } = await makeScene('停办', 2);
  const [first, second] = [pairs[0]!, pairs[1]!];
  expect((await cancel(second.firm.person, second.meetingId)).status).toBe(200);
  expect(await offersOf(first.firm, eventId)).toEqual([]);
  const { status } = await organizer.client.post(`/organizer/events/${eventId}/transitions`, {
    action: 'cancel',
    note: '场地停电',
  });
  expect(status).toBe(200);
  expect(await platform.dataSource.query('SELECT 1 FROM slot_offer WHERE event_id = $1', [eventId])).toEqual(
    [],
  );
});
