import type { EntityManager } from 'typeorm';
import type { WantedInvitation } from '#libs/domain/notifications/decide-invitation.js';
import { dropBacklog, keepBacklog, readBacklog, type BacklogCursor } from './invitation-backlog.js';
import {
  loadEventGuests,
  loadMeetingGuests,
  lockEvents,
  type EventGuest,
  type MeetingGuest,
  type WhichGuests,
} from './invitation-truth.js';
import {
  eventInvitation,
  eventUid,
  meetingInvitation,
  meetingUid,
  titleFor,
  type Attendee,
  type EventTruth,
} from './wanted-invitations.js';
import { writeInvitations, type Intention } from './write-invitations.js';

/** Once an event is held, calendars keep what they hold: what took place is not called off any more. */
const SETTLED_EVENTS: readonly string[] = ['held', 'archived'];
const INVITING_EVENTS: readonly string[] = ['published', 'registration_closed'];
const SETTLED_MEETINGS: readonly string[] = ['held', 'no_show'];

/** Whoever changes an event waits for so many guests at most. */
const GUESTS_AT_ONCE = 500;

/**
 * Makes the calendar of a registration's person hold what it should. All these functions write in the transaction of
 * `manager`, lock the event's row until it ends, change nothing when called again, and return the ids of notifications
 * for `JobQueue.wake('send-notification', ids)` after the commit.
 */
export async function syncRegistrationInvitation(
  manager: EntityManager,
  registrationId: string,
  now: Date,
): Promise<string[]> {
  const [registration]: { eventId: string; personId: string }[] = await manager.query(
    'SELECT event_id AS "eventId", person_id AS "personId" FROM registration WHERE id = $1',
    [registrationId],
  );
  if (registration === undefined) return [];
  return syncAttendeeInvitations(manager, registration.eventId, [registration.personId], now);
}

/** The same for some people of one event, in as many statements as for one. */
export async function syncAttendeeInvitations(
  manager: EntityManager,
  eventId: string,
  personIds: readonly string[],
  now: Date,
): Promise<string[]> {
  if (personIds.length === 0) return [];
  return writeInvitations(manager, await intendEvent(manager, eventId, { personIds }), now);
}

/**
 * The same for every registration and meeting of an event, after the event changed. Of many guests only the first are
 * dealt with here; the rest becomes the event's invitation backlog, which the notification service works off.
 */
export async function syncEventInvitations(
  manager: EntityManager,
  eventId: string,
  now: Date,
): Promise<string[]> {
  const { ids, rest } = await syncNextGuests(manager, eventId, { stage: 'event', after: null }, now);
  if (rest !== null) await keepBacklog(manager, eventId, rest, now);
  // Somebody has to be woken for the rest, whether or not the first guests hear anything.
  return ids.length === 0 && rest !== null ? [eventId] : ids;
}

/**
 * Deals with the next guests of an event's backlog, as they are now. Answers false when there was none; safe from several
 * processes at once, which wait for each other at the event's row.
 */
export async function workBacklog(manager: EntityManager, eventId: string, now: Date): Promise<boolean> {
  await lockEvents(manager, [eventId]);
  const from = await readBacklog(manager, eventId);
  if (from === null) return false;
  const { rest } = await syncNextGuests(manager, eventId, from, now);
  if (rest === null) await dropBacklog(manager, eventId);
  else await keepBacklog(manager, eventId, rest, now);
  return true;
}

/** Deals with so many guests at most (one guest may have many meetings), and tells where to go on. */
async function syncNextGuests(
  manager: EntityManager,
  eventId: string,
  from: BacklogCursor,
  now: Date,
): Promise<{ ids: string[]; rest: BacklogCursor | null }> {
  const ids: string[] = [];
  let left = GUESTS_AT_ONCE;
  let { after } = from;
  if (from.stage === 'event') {
    const intentions = await intendEvent(manager, eventId, { after, most: left });
    ids.push(...(await writeInvitations(manager, intentions, now)));
    left -= intentions.length;
    if (left === 0) return { ids, rest: { stage: 'event', after: intentions.at(-1)!.attendee.personId } };
    after = null;
  }
  const meetings: { id: string }[] = await manager.query(
    `SELECT id FROM meeting WHERE event_id = $1 AND ($2::uuid IS NULL OR id > $2)
       AND (status = 'scheduled' OR id IN (SELECT meeting_id FROM calendar_object WHERE event_id = $1))
     ORDER BY id LIMIT $3`,
    [eventId, after, left],
  );
  const meetingIds = meetings.map((meeting) => meeting.id);
  ids.push(...(await syncMeetingInvitations(manager, meetingIds, now)));
  const last = meetings.length === left ? meetings.at(-1)!.id : null;
  return { ids, rest: last === null ? null : { stage: 'meetings', after: last } };
}

/** The same for both sides of meetings, after a timetable was published or a meeting cancelled. */
export async function syncMeetingInvitations(
  manager: EntityManager,
  meetingIds: readonly string[],
  now: Date,
): Promise<string[]> {
  if (meetingIds.length === 0) return [];
  const rows: { eventId: string }[] = await manager.query(
    'SELECT DISTINCT event_id AS "eventId" FROM meeting WHERE id = ANY($1)',
    [meetingIds],
  );
  const events = await lockEvents(
    manager,
    rows.map((row) => row.eventId),
  );
  const guests = await loadMeetingGuests(manager, meetingIds);
  const intentions = guests.flatMap((guest) => {
    const event = events.get(guest.eventId);
    return event === undefined ? [] : intendMeeting(event, guest);
  });
  return writeInvitations(manager, intentions, now);
}

async function intendEvent(
  manager: EntityManager,
  eventId: string,
  which: WhichGuests,
): Promise<Intention[]> {
  const event = (await lockEvents(manager, [eventId])).get(eventId);
  if (event === undefined || SETTLED_EVENTS.includes(event.state)) return [];
  const guests = await loadEventGuests(manager, eventId, which);
  return guests.map((attendee) => ({
    uid: eventUid(eventId),
    attendee,
    kind: 'event' as const,
    eventId,
    meetingId: null,
    wanted: wantedFromEvent(event, attendee),
    words: {
      title: titleFor(event, attendee),
      host: event.host,
      link: `/events/${eventId}`,
      note: event.state === 'cancelled' ? event.stateNote : null,
    },
  }));
}

function wantedFromEvent(event: EventTruth, guest: EventGuest): WantedInvitation {
  if (guest.ticket === null || !INVITING_EVENTS.includes(event.state)) {
    return { kind: 'gone', whole: event.state === 'cancelled' };
  }
  const { ticket } = guest;
  return {
    kind: 'active',
    invitation: eventInvitation(event, ticket, guest),
    translated: () => eventInvitation(event, ticket, inOtherLanguage(guest)),
  };
}

function intendMeeting(event: EventTruth, guest: MeetingGuest): Intention[] {
  if (SETTLED_EVENTS.includes(event.state) || SETTLED_MEETINGS.includes(guest.status)) return [];
  const { meetingId, eventId } = guest;
  return [
    {
      uid: meetingUid(meetingId),
      attendee: guest,
      kind: 'meeting',
      eventId,
      meetingId,
      wanted: wantedFromMeeting(event, guest),
      words: {
        title: titleFor(event, guest),
        host: event.host,
        link: `/meetings/${meetingId}`,
        note: event.state === 'cancelled' ? event.stateNote : guest.cancelReason,
      },
    },
  ];
}

/** A meeting that loses its time is off for both sides, a person who loses the seat is only uninvited. */
function wantedFromMeeting(event: EventTruth, guest: MeetingGuest): WantedInvitation {
  const takesPlace = guest.status === 'scheduled' && INVITING_EVENTS.includes(event.state);
  if (!takesPlace) return { kind: 'gone', whole: true };
  if (guest.meeting === null) return { kind: 'gone', whole: false };
  const { meetingId, meeting } = guest;
  return {
    kind: 'active',
    invitation: meetingInvitation(meetingId, event, meeting, guest),
    translated: () => meetingInvitation(meetingId, event, meeting, inOtherLanguage(guest)),
  };
}

const inOtherLanguage = (attendee: Attendee): Attendee => ({
  ...attendee,
  locale: attendee.locale === 'en' ? 'zh-CN' : 'en',
});
