import type { CalendarInvitation, InvitationOrganizer } from '#libs/domain/calendar/invitation.js';
import { fromStoredInvitation } from '#libs/domain/notifications/stored-invitation.js';
import type { FeedEvent, PersonalEntry } from '#libs/persistence/inbound/feed-events.js';
import { eventUid } from '#libs/persistence/notifications/wanted-invitations.js';

export interface FeedContext {
  readonly organizer: InvitationOrganizer;
  /** The absolute form of a path. */
  readonly link: (path: string) => string;
}

/** A public event; DTSTAMP is its last change, so that an unchanged event gives the same bytes. */
export function publicEntry(event: FeedEvent, context: FeedContext): CalendarInvitation {
  const url = context.link(`/events/${event.id}`);
  const place = [event.venue, event.address].filter(Boolean).join('，');
  return {
    method: 'PUBLISH',
    uid: eventUid(event.id),
    sequence: event.changes,
    stampedAt: event.updatedAt,
    start: event.startsAt,
    end: event.endsAt,
    timeZone: 'Asia/Shanghai',
    summary: event.title,
    description: [event.intro ?? '', event.onlineUrl ?? '', url].filter((part) => part !== '').join('\n\n'),
    location: place === '' ? (event.onlineUrl ?? '') : place,
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
