import { DEFAULT_ASSIGNMENT } from '#libs/contracts/meetings/assignments.js';
import { demoData, type DemoEvent } from './demo-data.js';
import type { DemoStage } from './demo-stage.js';
import { demoNextSession, type DemoMeeting, type DemoRequest } from './next-session.js';
import { registrationKey } from './play-events.js';
import { computeTimetable, publishTimetable } from './play-matchmaking.js';

interface Board {
  slots: { startsAt: string }[];
  meetings: {
    id: string;
    enterprise: { personId: string };
    institute: { personId: string };
    published: { startsAt: string; endsAt: string } | null;
  }[];
}

/**
 * The session to come, as far as it is: wishes and limits, a published timetable, somebody who comes late, requests,
 * proposals of which a few are accepted, and a draft that nobody has published yet.
 */
export async function playNextSession(stage: DemoStage, organizer: string): Promise<void> {
  const event = demoData.events.find(({ key }) => key === demoNextSession.event)!;
  const path = `/organizer/events/${stage.id(event.key)}`;
  stage.go(stage.at(-2, '09:00'));
  await playWishes(stage, event);
  stage.go(stage.at(-2, '10:00'));
  await stage.post(organizer, `${path}/meetings/collect`);
  const board = await playOneEach(stage, organizer, path);
  for (const meeting of demoNextSession.meetings) await playMeeting(stage, organizer, path, meeting, board);
  await stage.put(organizer, `${path}/meeting-limits`, { limits: limitsOf(stage) });
  await publishTimetable(stage, organizer, await computeTimetable(stage, organizer, path));
  stage.go(stage.at(-1, '09:00'));
  const ids = demoNextSession.approvedLater.map((person) => stage.id(registrationKey(event, person)));
  await stage.post(organizer, `${path}/registrations/approve`, { ids });
  for (const request of demoNextSession.requests) await playRequest(stage, event, request);
  stage.go(stage.at(-1, '14:00'));
  await playLateArrival(stage, organizer, path);
  stage.go(stage.at(-1, '15:00'));
  await playProposal(stage, organizer, path);
  await computeTimetable(stage, organizer, path);
}

/** When people can have no meeting, and two organisations that are kept apart. */
async function playWishes(stage: DemoStage, event: DemoEvent): Promise<void> {
  const at = (time: string) => stage.at(event.dayOffset, time).toISOString();
  for (const { person, from, to } of demoNextSession.absences) {
    const spans = [{ startsAt: at(from), endsAt: at(to) }];
    await stage.put(person, `/events/${stage.id(event.key)}/absences`, { spans });
  }
  const { by, org, other, kind, note } = demoNextSession.block;
  await stage.post(by, `/organisations/${stage.id(org)}/blocks`, {
    organisationId: stage.id(other),
    kind,
    note,
  });
}

/** Of people who share several interests one meeting stays: the organizer removes the others. Answers the board. */
async function playOneEach(stage: DemoStage, organizer: string, path: string): Promise<Board> {
  const { slots, meetings } = await stage.get<Board>(organizer, `${path}/timetable`);
  const pairOf = ({ enterprise, institute }: Board['meetings'][number]) =>
    [enterprise.personId, institute.personId].sort().join(' ');
  const kept = new Map(meetings.toReversed().map((meeting) => [pairOf(meeting), meeting]));
  for (const meeting of meetings)
    if (kept.get(pairOf(meeting)) !== meeting)
      await stage.delete(organizer, `/organizer/meetings/${meeting.id}`);
  return { slots, meetings: [...kept.values()] };
}

/** A meeting with wishes: that of a mutual interest when there is one, else a new one. */
async function playMeeting(
  stage: DemoStage,
  organizer: string,
  path: string,
  { enterprise, institute, guests, ...wishes }: DemoMeeting,
  { meetings }: Board,
): Promise<void> {
  const people = [stage.id(enterprise), stage.id(institute)];
  const known = meetings.find((meeting) =>
    [meeting.enterprise, meeting.institute].every(({ personId }) => people.includes(personId)),
  );
  const body = { ...wishes, guestIds: (guests ?? []).map((key) => stage.id(key)) };
  if (known !== undefined) await stage.patch(organizer, `/organizer/meetings/${known.id}`, body);
  else {
    const [enterprisePersonId, institutePersonId] = people;
    await stage.post(organizer, `${path}/meetings`, { enterprisePersonId, institutePersonId, ...body });
  }
}

function limitsOf(stage: DemoStage): Record<string, unknown>[] {
  return demoNextSession.limits.map(({ person, organisation, organisationKind, min, max }) => ({
    personId: person === undefined ? null : stage.id(person),
    organisationId: organisation === undefined ? null : stage.id(organisation),
    organisationKind: organisationKind ?? null,
    min: min ?? null,
    max: max ?? null,
  }));
}

async function playRequest(stage: DemoStage, event: DemoEvent, request: DemoRequest): Promise<void> {
  const { from, to, at, message, answer, reason } = request;
  const asked = demoData.people.find(({ key }) => key === to)?.organisations[0];
  const { id } = await stage.post<{ id: string }>(from, `/events/${stage.id(event.key)}/meeting-requests`, {
    organisationId: stage.id(asked!.key),
    personId: stage.id(to),
    startsAt: at === null ? null : stage.at(event.dayOffset, at).toISOString(),
    message,
  });
  if (answer !== undefined)
    await stage.post(to, `/meeting-requests/${id}/${answer}`, reason === undefined ? {} : { reason });
}

/** Who has the first meeting of the day comes after it: what that costs is looked at and accepted. */
async function playLateArrival(stage: DemoStage, organizer: string, path: string): Promise<void> {
  const { slots, meetings } = await stage.get<Board>(organizer, `${path}/timetable`);
  const first = meetings
    .filter(({ published }) => published !== null)
    .sort((a, b) => a.published!.startsAt.localeCompare(b.published!.startsAt) || (a.id < b.id ? -1 : 1))[0]!;
  const { id } = await stage.post<{ id: string }>(organizer, `${path}/late-changes`, {
    kind: 'away',
    personId: first.enterprise.personId,
    startsAt: slots[0]!.startsAt,
    endsAt: first.published!.endsAt,
  });
  await stage.until('the cost of a late arrival', async () => {
    const change = await stage.get<{ status: string }>(organizer, `/organizer/late-changes/${id}`);
    return change.status === 'ready';
  });
  await stage.post(organizer, `/organizer/late-changes/${id}/apply`);
}

/** Who should meet whom besides: some pairs become meetings, the others wait for the organizer. */
async function playProposal(stage: DemoStage, organizer: string, path: string): Promise<void> {
  const { accepted, ...wanted } = demoNextSession.proposal;
  const { id } = await stage.post<{ id: string }>(organizer, `${path}/assignments`, {
    ...DEFAULT_ASSIGNMENT,
    ...wanted,
  });
  await stage.until('the proposal', async () => {
    const { latest } = await stage.get<{ latest: { status: string } }>(organizer, `${path}/assignment`);
    return latest.status === 'ready';
  });
  const { rows } = await stage.get<{ rows: { id: string }[] }>(
    organizer,
    `/organizer/assignments/${id}/pairs?shown=proposed&pageSize=${accepted}`,
  );
  if (rows.length === 0) return;
  await stage.post(organizer, `/organizer/assignments/${id}/accept`, { pairIds: rows.map((row) => row.id) });
}
