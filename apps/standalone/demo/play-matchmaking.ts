import { demoData, type DemoEvent } from './demo-data.js';
import type { DemoStage } from './demo-stage.js';

export interface PlayedMeeting {
  id: string;
  enterprisePerson: string;
  institutePerson: string;
  needId: string | null;
}

/** Mutual interests become meetings, the worker computes the timetable, the organizer publishes it. */
export async function playTimetable(stage: DemoStage, organizer: string, event: DemoEvent): Promise<void> {
  const path = `/organizer/events/${stage.id(event.key)}`;
  await stage.post(organizer, `${path}/meetings/collect`);
  await publishTimetable(stage, organizer, await computeTimetable(stage, organizer, path));
}

/** Asks for a timetable of the event at `path` and waits until it is a draft; answers its id. */
export async function computeTimetable(stage: DemoStage, organizer: string, path: string): Promise<string> {
  const { id } = await stage.post<{ id: string }>(organizer, `${path}/timetables`);
  const statusOf = async () =>
    (await stage.get<{ status: string; error: string | null }>(organizer, `/organizer/timetables/${id}`))
      .status;
  await stage.until('the timetable', async () => !['queued', 'computing'].includes(await statusOf()));
  return id;
}

export const publishTimetable = (stage: DemoStage, organizer: string, id: string) =>
  stage.post(organizer, `/organizer/timetables/${id}/publish`);

/** The scheduled meetings of an event, by time, with the keys of both people. */
export async function meetingsOf(stage: DemoStage, event: DemoEvent): Promise<PlayedMeeting[]> {
  const keyOf = new Map(demoData.people.map((person) => [stage.id(person.key), person.key]));
  const rows = await stage.manager.query<
    { id: string; enterprise: string; institute: string; need: string | null }[]
  >(
    `SELECT id, enterprise_person_id AS enterprise, institute_person_id AS institute, need_id AS need FROM meeting
     WHERE event_id = $1 AND status = 'scheduled' ORDER BY starts_at, id`,
    [stage.id(event.key)],
  );
  return rows.map((row) => ({
    id: row.id,
    enterprisePerson: keyOf.get(row.enterprise)!,
    institutePerson: keyOf.get(row.institute)!,
    needId: row.need,
  }));
}

const NOTES = [
  '对方样机指标满足要求，约定下周到企业现场看工况。',
  '技术路线可行，价格和交付周期还需再谈。',
  '先寄三组样品做对比测试，测试通过后谈合同。',
  '匹配度一般，保持联系。',
];
const NEXT_STEPS = ['visit', 'talk', 'sample', 'none'] as const;

/** On the day nearly all meetings take place; afterwards both sides say what they think of it. */
export async function playMeetings(
  stage: DemoStage,
  organizer: string,
  event: DemoEvent,
): Promise<PlayedMeeting[]> {
  const meetings = await meetingsOf(stage, event);
  const held: PlayedMeeting[] = [];
  for (const [index, meeting] of meetings.entries()) {
    stage.go(stage.at(event.dayOffset, '17:45'));
    const outcome = index % 11 === 10 ? 'no_show' : 'held';
    await stage.post(organizer, `/meetings/${meeting.id}/outcome`, { outcome });
    if (outcome === 'held') held.push(meeting);
  }
  for (const [index, meeting] of held.entries()) {
    stage.go(stage.at(event.dayOffset + 1, '10:00'));
    const say = (person: string, shift: number) =>
      stage.put(person, `/meetings/${meeting.id}/follow-up`, {
        rating: 5 - ((index + shift) % 3),
        nextStep: NEXT_STEPS[(index + shift) % NEXT_STEPS.length],
        note: NOTES[(index + shift) % NOTES.length],
      });
    if (index % 5 !== 4) await say(meeting.enterprisePerson, 0);
    if (index % 4 !== 3) await say(meeting.institutePerson, 1);
    stage.progress(index + 1, held.length, '洽谈 meetings');
  }
  return held;
}
