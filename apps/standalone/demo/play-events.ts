import { demoData, type DemoEvent } from './demo-data.js';
import type { DemoStage } from './demo-stage.js';

const HOUR = 3_600_000;

interface EventAnswer {
  id: string;
  updatedAt: string;
}

/** An organizer creates the programmes. */
export async function playProgrammes(stage: DemoStage, organizer: string, bureau: string): Promise<void> {
  for (const programme of demoData.programmes) {
    const { id } = await stage.post<{ id: string }>(organizer, '/organizer/programmes', {
      slug: programme.key,
      name: programme.name,
      nameEn: programme.en,
      intro: programme.intro,
      kind: programme.kind,
      color: programme.color,
      ownerId: stage.id(bureau),
    });
    stage.ids.set(`programme:${programme.key}`, id);
  }
}

/** Creates an event with rooms, tables and agenda, some weeks before its day. */
export async function createEvent(stage: DemoStage, organizer: string, event: DemoEvent): Promise<void> {
  const at = (time: string) => stage.at(event.dayOffset, time).toISOString();
  const start = Date.parse(at(event.startTime));
  const { id } = await stage.post<{ id: string }>(organizer, '/organizer/events', {
    programmeId: event.programme === null ? null : stage.id(`programme:${event.programme}`),
    editionNo: event.edition,
    kind: event.kind,
    title: event.title,
    titleEn: event.en,
    intro: event.intro,
    startsAt: at(event.startTime),
    endsAt: at(event.endTime),
    venue: event.venue,
    hostId: stage.id(event.hostOrg),
    tags: event.tags,
    capacity: event.capacity,
    registrationClosesAt: new Date(start - 18 * HOUR).toISOString(),
    approvalRequired: event.approvalRequired,
    groupMax: event.groupMax,
    questions: event.questions.map((question) => ({ ...question, options: question.options ?? [] })),
    ...(event.tables === 0 || event.slotWindow === null
      ? {}
      : {
          slotMinutes: event.slotMinutes,
          slotsStartAt: at(event.slotWindow.start),
          slotsEndAt: at(event.slotWindow.end),
          roomChangeMinutes: event.roomChangeMinutes ?? 0,
        }),
  });
  stage.ids.set(event.key, id);
  const path = `/organizer/events/${id}`;
  await stage.put(organizer, `${path}/rooms`, { rooms: event.rooms });
  const read = () => stage.get<EventAnswer>(organizer, path);
  if (event.tables > 0) {
    await stage.put(organizer, `${path}/tables`, {
      updatedAt: (await read()).updatedAt,
      tables: tablesOf(stage, event),
    });
  }
  const sessions = event.agenda.map((session) => ({
    title: session.title,
    abstract: session.abstract,
    startsAt: at(session.start),
    endsAt: at(session.end),
    room: session.room,
    speakers: session.speakers.map(({ name, title, org }) => ({ name, title, organisation: org })),
  }));
  if (sessions.length > 0) {
    await stage.put(organizer, `${path}/agenda`, { updatedAt: (await read()).updatedAt, sessions });
  }
}

/** Numbered tables in the second room, but for those that are special. */
function tablesOf(stage: DemoStage, event: DemoEvent): Record<string, unknown>[] {
  const usual = event.rooms[1]?.name ?? event.rooms[0]?.name ?? null;
  return Array.from({ length: event.tables }, (_, index) => {
    const label = String(index + 1);
    const special = event.specialTables?.find((table) => table.label === label);
    return {
      label,
      room: special?.room ?? usual,
      features: special?.features ?? [],
      homeOrganisationId: special?.home === undefined ? null : stage.id(special.home),
    };
  });
}

export const move = (
  stage: DemoStage,
  organizer: string,
  event: DemoEvent,
  action: string,
  note: string | null = null,
) => stage.post(organizer, `/organizer/events/${stage.id(event.key)}/transitions`, { action, note });

/** Answers to an event's questions as a person might give them; the same every time. */
function answersOf(event: DemoEvent, index: number): Record<string, unknown> {
  const answer = (question: DemoEvent['questions'][number]): unknown => {
    const options = question.options ?? [];
    if (question.kind === 'choice') return options[index % options.length]?.value;
    if (question.kind === 'choices') return [options[index % options.length]?.value];
    if (question.kind === 'number') return 1 + (index % 3);
    if (question.kind === 'yesno') return index % 2 === 0;
    return ['希望了解样机的现场试验数据', '关注交付周期与知识产权归属', '想与报告人进一步交流'][index % 3];
  };
  const asked = event.questions.filter((question) => question.required || index % 2 === 0);
  return Object.fromEntries(asked.map((question) => [question.key, answer(question)]));
}

export const registrationKey = (event: DemoEvent, person: string) => `${event.key}:${person}`;

/** Whose registrations are approved: of an event that is still open the last ones wait. */
export function approvedOf({ registrants, state }: DemoEvent): DemoEvent['registrants'] {
  return state === 'published' ? registrants.slice(0, Math.ceil(registrants.length * 0.7)) : registrants;
}

/** People register, one after the other; organizers approve where that is asked for. */
export async function playRegistrations(
  stage: DemoStage,
  organizer: string,
  event: DemoEvent,
): Promise<string[]> {
  const registrations: string[] = [];
  for (const [index, registrant] of event.registrants.entries()) {
    const { person, count } = typeof registrant === 'string' ? { person: registrant, count: 1 } : registrant;
    const organisation = demoData.people.find((candidate) => candidate.key === person)?.organisations[0]?.key;
    const { id } = await stage.post<{ id: string }>(person, `/events/${stage.id(event.key)}/registrations`, {
      organisationId: organisation === undefined ? null : stage.id(organisation),
      groupSize: count,
      answers: answersOf(event, index),
    });
    stage.ids.set(registrationKey(event, person), id);
    registrations.push(id);
  }
  if (event.approvalRequired && registrations.length > 0) {
    await stage.post(organizer, `/organizer/events/${stage.id(event.key)}/registrations/approve`, {
      ids: registrations.slice(0, approvedOf(event).length),
    });
  }
  return registrations;
}

/** Most people come: the doors open an hour before the start. */
export async function playCheckIns(
  stage: DemoStage,
  organizer: string,
  event: DemoEvent,
  registrations: readonly string[],
): Promise<void> {
  const doors = stage.at(event.dayOffset, event.startTime).getTime() - HOUR / 2;
  for (const [index, registrationId] of registrations.entries()) {
    if (index % 9 === 8) continue;
    stage.go(new Date(doors + index * 40_000));
    await stage.post(organizer, `/organizer/events/${stage.id(event.key)}/check-ins`, { registrationId });
  }
}
