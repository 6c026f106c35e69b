import { makePerson, type TestPerson } from '../support/factories.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  registerSide,
  type Side,
} from '../support/meetings.js';
import type { TimetableSummary } from '#libs/contracts/meetings/timetables.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { name: '组织者', roles: ['organizer'] });
});
afterAll(() => platform.stop());

/** One lab that every firm wants to meet. */
async function makeScene(firmCount: number, slots: number): Promise<{ eventId: string; lab: Side }> {
  const event = await makeMeetingEvent(platform, { slots, tables: 2 });
  const lab = await makeSide(platform, 'institute', `${firmCount}家研究所`);
  await registerSide(platform, event.id, lab);
  for (let i = 0; i < firmCount; i++) {
    const firm = await makeSide(platform, 'enterprise', `${firmCount}之${i}公司`);
    await registerSide(platform, event.id, firm);
    await makeInterest(platform, firm, lab);
  }
  await organizer.client.post(`/organizer/events/${event.id}/meetings/collect`);
  return { eventId: event.id, lab };
}

test('a timetable that is done says that it is proved to be the best', async () => {
  const { eventId } = await makeScene(3, 4);
  const id = await computeTimetable(organizer, eventId);
  const { body } = await organizer.client.get<TimetableSummary>(`/organizer/timetables/${id}`);
  expect(body.progress).toMatchObject({
    stage: 'breaks',
    proof: 'optimal',
    placed: 3,
    moved: 0,
    breaks: 0,
    lower: 0,
    upper: 0,
    reasons: [],
  });
});

test('more meetings than slots are told in numbers and by name', async () => {
  const { eventId, lab } = await makeScene(4, 2);
  const id = await computeTimetable(organizer, eventId);
  const { body } = await organizer.client.get<TimetableSummary>(`/organizer/timetables/${id}`);
  expect(body).toMatchObject({ status: 'draft', placed: 2, unplaced: 2 });
  expect(body.progress?.reasons).toEqual([
    {
      kind: 'participant-full',
      people: [`${lab.organisation}代表`],
      session: null,
      meetings: 4,
      slots: 4,
      freeSlots: 2,
    },
  ]);
});

test('stopping one that is done changes nothing, one that is unknown is not found', async () => {
  const { eventId } = await makeScene(1, 2);
  const id = await computeTimetable(organizer, eventId);
  const before = await organizer.client.get<TimetableSummary>(`/organizer/timetables/${id}`);
  expect((await organizer.client.post(`/organizer/timetables/${id}/stop`)).body).toEqual({ ok: true });
  expect((await organizer.client.get<TimetableSummary>(`/organizer/timetables/${id}`)).body).toEqual(
    before.body,
  );
  const unknown = await organizer.client.post(`/organizer/timetables/${eventId}/stop`);
  expect(unknown.status).toBe(404);
});
