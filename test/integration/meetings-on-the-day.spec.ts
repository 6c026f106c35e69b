import type { MyRequests } from '#libs/contracts/meetings/requests.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  readBoard,
  registerSide,
  type Side,
} from '../support/meetings.js';
import { openSession } from '../support/browser.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';

let platform: TestPlatform;
let organizer: TestPerson;
let eventId: string;
let firms: Side[];
let labs: Side[];
let placed: { id: string; enterprise: { personId: string }; institute: { personId: string } };
let waiting: typeof placed;

const outcome = (who: TestPerson, id: string, value: string) =>
  who.client.post<{ status: string; mayUndo: boolean }>(`/meetings/${id}/outcome`, { outcome: value });
const undo = (who: TestPerson, id: string) => who.client.post(`/meetings/${id}/outcome/undo`);
const offersOf = async (side: Side) =>
  (await side.person.client.get<MyRequests>(`/events/${eventId}/meeting-requests`)).body.offers;
const answer = (side: Side, id: string, accept: boolean) =>
  side.person.client.post(`/slot-offers/${id}/answer`, { accept });
const sideOf = (sides: readonly Side[], personId: string) =>
  sides.find((side) => side.person.id === personId)!;

/** One slot and one table for two pairs: one meeting is published, the other waits. */
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
  ({ id: eventId } = await makeMeetingEvent(platform, { slots: 1, tables: 1, title: '现场对接会' }));
  firms = [
    await makeSide(platform, 'enterprise', '甲公司'),
    await makeSide(platform, 'enterprise', '乙公司'),
  ];
  labs = [
    await makeSide(platform, 'institute', '甲研究所'),
    await makeSide(platform, 'institute', '乙研究所'),
  ];
  for (const [index, firm] of firms.entries()) {
    await registerSide(platform, eventId, firm);
    await registerSide(platform, eventId, labs[index]!);
    await makeInterest(platform, firm, labs[index]!, { score: 0.9 - index * 0.2 });
  }
  await organizer.client.post(`/organizer/events/${eventId}/meetings/collect`);
  await organizer.client.post(`/organizer/timetables/${await computeTimetable(organizer, eventId)}/publish`);
  const { meetings } = await readBoard(organizer, eventId);
  placed = meetings.find((meeting) => meeting.published !== null)!;
  waiting = meetings.find((meeting) => meeting.published === null)!;
});
afterAll(() => platform.stop());

/** The slot began five minutes ago. */
async function begin(): Promise<void> {
  const shift = `(SELECT slots_start_at - now() + interval '5 minutes' FROM event WHERE id = '${eventId}')`;
  const [{ by }] = await platform.dataSource.query(`SELECT extract(epoch FROM ${shift})::float AS by`);
  const back = `- make_interval(secs => ${by})`;
  for (const table of ['meeting_seat', 'meeting'])
    await platform.dataSource.query(
      `UPDATE ${table} SET starts_at = starts_at ${back}, ends_at = ends_at ${back} WHERE starts_at IS NOT NULL`,
    );
  await platform.dataSource.query(
    `UPDATE event SET slots_start_at = slots_start_at ${back}, slots_end_at = slots_end_at ${back},
            starts_at = starts_at ${back} WHERE id = $1`,
    [eventId],
  );
}

test('an outcome is recorded from the start of the slot on, and taken back by who recorded it', async () => {
  const firm = sideOf(firms, placed.enterprise.personId).person;
  const lab = sideOf(labs, placed.institute.personId).person;
  expect((await outcome(firm, placed.id, 'held')).body).toMatchObject({ code: 'meeting.not-started' });
  await begin();
  expect((await undo(firm, placed.id)).body).toMatchObject({ code: 'outcome.nothing-to-undo' });
  expect((await outcome(firm, placed.id, 'held')).body).toMatchObject({ status: 'held', mayUndo: true });
  expect((await undo(lab, placed.id)).status).toBe(403);
  expect((await undo(firm, placed.id)).body).toMatchObject({ status: 'scheduled', outcomeAt: null });

  await outcome(firm, placed.id, 'held');
  await platform.dataSource.query(
    "UPDATE meeting SET outcome_at = now() - interval '16 minutes' WHERE id = $1",
    [placed.id],
  );
  expect((await undo(firm, placed.id)).body).toMatchObject({ code: 'outcome.undo-too-late' });
  expect((await undo(organizer, placed.id)).body).toMatchObject({ status: 'scheduled' });
});

test('the slot of a no-show is offered to a pair that waits, and taken only when both accept', async () => {
  const firm = sideOf(firms, waiting.enterprise.personId);
  const lab = sideOf(labs, waiting.institute.personId);
  await outcome(organizer, placed.id, 'no_show');
  const [offer] = await offersOf(firm);
  expect(offer).toMatchObject({ meetingId: waiting.id, status: 'open', table: '1', iAccepted: false });
  // A slip of the finger: taken back, the offer is gone.
  expect((await undo(organizer, placed.id)).status).toBe(200);
  expect(await offersOf(firm)).toEqual([]);
  expect((await answer(firm, offer!.id, true)).body).toMatchObject({ code: 'offer.closed' });
  await platform.dataSource.query('DELETE FROM slot_offer');

  await outcome(organizer, placed.id, 'no_show');
  const [again] = await offersOf(firm);
  expect((await answer(sideOf(firms, placed.enterprise.personId), again!.id, true)).status).toBe(404);
  expect((await answer(firm, again!.id, true)).status).toBe(200);
  expect(await offersOf(lab)).toMatchObject([{ status: 'open', iAccepted: false, otherAccepted: true }]);
  expect((await readBoard(organizer, eventId)).meetings.find(({ id }) => id === waiting.id)!.status).toBe(
    'requested',
  );
  expect((await answer(lab, again!.id, true)).status).toBe(200);

  const { meetings } = await readBoard(organizer, eventId);
  const [seated, freed] = [waiting, placed].map(({ id }) => meetings.find((meeting) => meeting.id === id)!);
  expect(seated).toMatchObject({ status: 'scheduled', published: { table: '1' } });
  // The database keeps table and people from two meetings at once: the first ends where the second begins.
  expect(freed!.published!.endsAt).toBe(seated!.published!.startsAt);
  expect((await undo(organizer, placed.id)).body).toMatchObject({ code: 'outcome.undo-too-late' });
});

test('whoever listens to the event is told that something changed, not what', async () => {
  const listen = (cookie: string, signal: AbortSignal) =>
    fetch(`${platform.url}/api/events/${eventId}/live`, { headers: { cookie }, signal });
  const stopping = new AbortController();
  expect((await listen('', stopping.signal)).status).toBe(401);
  const session = await openSession(platform, firms[0]!.person.id);
  const response = await listen(`${SESSION_COOKIE}=${session}`, stopping.signal);
  // An unknown event is no endless stream.
  const unknown = await firms[0]!.person.client.get(`/events/${placed.id}/live`);
  expect([unknown.status, unknown.body['code']]).toEqual([404, 'record.not-found']);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const hear = async (word: string) => {
    while (!heard.includes(word)) heard += (await reader.read()).value ?? '';
  };
  await hear('event: ping');
  // The first look may come after the first change: changes go on until one is heard.
  const told = hear('event: changed');
  for (let second = 0; !heard.includes('event: changed'); second += 1) {
    const startsAt = new Date(Date.now() + 7_200_000 + second * 1000).toISOString();
    const spans = [{ startsAt, endsAt: new Date(Date.now() + 10_800_000).toISOString() }];
    await organizer.client.put(`/events/${eventId}/absences`, { personId: firms[0]!.person.id, spans });
  }
  await told;
  expect(heard).toMatch(/event: changed\nid: \d+\ndata: [0-9a-f]{32}\n/);
  await reader.cancel();
  stopping.abort();
});
