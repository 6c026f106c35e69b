import type { CalendarInvitation, InvitationOrganizer } from '#libs/domain/calendar/invitation.js';
import { fromStoredInvitation } from '#libs/domain/notifications/stored-invitation.js';
import type { FeedEvent, PersonalEntry } from '#libs/persistence/inbound/feed-events.js';

export interface FeedContext {
  readonly organizer: InvitationOrganizer;
  /** The absolute form of a path. */
  readonly link: (path: string) => string;
}

/**
 * Public copies of an event have a UID of their own, the same in every feed and file. Under the UID of the invitation,
 * whoever added one first would hold a SEQUENCE of another count, and programs must then ignore the later REQUEST or
 * CANCEL (RFC 5546 §2.1.5).
 */
const publicUid = (eventId: string): string => `event-${eventId}-public@calendar.duijie`;

/**
 * A public event; DTSTAMP is its last change, so that an unchanged event gives the same bytes. `onlineRoom` is the address
 * of the online room, for those who may see it; feeds that anybody reads never have one.
 */
export function publicEntry(
  event: FeedEvent,
  context: FeedContext,
  onlineRoom: string | null = null,
): CalendarInvitation {
  const url = context.link(`/events/${event.id}`);
  return {
    method: 'PUBLISH',
    uid: publicUid(event.id),
    sequence: event.changes,
    stampedAt: event.updatedAt,
    start: event.startsAt,
    end: event.endsAt,
    timeZone: 'Asia/Shanghai',
    summary: event.title,
    description: [event.intro, onlineLine(onlineRoom), url].filter(Boolean).join('\n\n'),
    location: placeOf(event, onlineRoom),
    url,
    organizer: { name: event.host ?? context.organizer.name, email: context.organizer.email },
    attendees: [],
    status: 'CONFIRMED',
    reminders: [],
    createdAt: event.createdAt,
    lastModifiedAt: event.updatedAt,
    cancelledWhole: event.state === 'cancelled',
  };
}

const onlineLine = (onlineRoom: string | null): string | null =>
  onlineRoom === null ? null : `线上会场：${onlineRoom}`;

/** Venue and address; of an event that takes place online only, its room for those who may see it. */
export const placeOf = (
  event: Pick<FeedEvent, 'venue' | 'address'>,
  onlineRoom: string | null = null,
): string => [event.venue, event.address].filter(Boolean).join('，') || (onlineRoom ?? '');

/** What a person was told last. What was called off or taken back stays as cancelled. */
export function personalEntry(entry: PersonalEntry, context: FeedContext): CalendarInvitation {
  const kept = fromStoredInvitation(entry.snapshot);
  const path = entry.meetingId === null ? `/events/${entry.eventId}` : `/meetings/${entry.meetingId}`;
  return {
    ...kept,
    method: 'PUBLISH',
    sequence: entry.sequence,
    stampedAt: entry.updatedAt,
    lastModifiedAt: entry.updatedAt,
    url: context.link(path),
    organizer: { name: kept.organizer.name, email: context.organizer.email },
    attendees: [],
    cancelledWhole: entry.state === 'cancelled',
  };
}

/** The description of an event in the web calendars of others. */
export const linkDescription = (url: string, onlineRoom: string | null): string =>
  [onlineLine(onlineRoom), url].filter(Boolean).join('\n\n');
