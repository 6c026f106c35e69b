import type { EntityManager } from 'typeorm';
import type { StoredInvitation } from '#libs/domain/notifications/stored-invitation.js';
import { PUBLIC_EVENT } from '../public-events.js';

/** An event of the public programme, as feeds tell it. */
export interface FeedEvent {
  readonly id: string;
  readonly title: string;
  readonly intro: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: string;
  readonly venue: string | null;
  readonly address: string | null;
  readonly host: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** How often it was changed or called off since everybody can see it: a number that grows with every version. */
  readonly changes: number;
}

/** The address of an online room is left out: these rows go to everybody. */
const FEED_EVENTS = `
  SELECT e.id, e.title, e.intro, e.starts_at AS "startsAt", e.ends_at AS "endsAt", e.state,
         v.name AS venue, v.address, o.name AS host, e.created_at AS "createdAt", e.updated_at AS "updatedAt", (
           SELECT count(*)::int FROM audit_entry a WHERE a.subject_kind = 'event' AND a.subject_id = e.id::text
             AND a.action IN ('change-event', 'cancel-event')
             AND a.id > coalesce((SELECT max(b.id) FROM audit_entry b WHERE b.subject_kind = 'event'
               AND b.subject_id = e.id::text AND b.action = 'publish-event'), 0)) AS changes
  FROM event e LEFT JOIN programme p ON p.id = e.programme_id LEFT JOIN venue v ON v.id = e.venue_id
  LEFT JOIN organisation o ON o.id = e.host_id
  WHERE ${PUBLIC_EVENT}`;

/** What is over, or was called off, stays for so long. */
const KEPT_DAYS = 90;
const MOST = 1000;

/** Published events, all or of one programme, called-off ones included, until three months after their end. */
export function loadFeedEvents(
  manager: EntityManager,
  programmeSlug: string | null,
  now: Date,
): Promise<FeedEvent[]> {
  return manager.query<FeedEvent[]>(
    `${FEED_EVENTS} AND e.published_at IS NOT NULL AND ($1::text IS NULL OR p.slug = $1)
       AND e.ends_at > $2::timestamptz - interval '${KEPT_DAYS} days'
     ORDER BY e.starts_at, e.id LIMIT ${MOST}`,
    [programmeSlug, now],
  );
}

/** One public event, as feeds tell it. */
export async function loadFeedEvent(manager: EntityManager, id: string): Promise<FeedEvent | null> {
  const [event] = await manager.query<FeedEvent[]>(`${FEED_EVENTS} AND e.id = $1`, [id]);
  return event ?? null;
}

export interface PersonalEntry {
  readonly snapshot: StoredInvitation;
  readonly sequence: number;
  readonly state: 'active' | 'cancelled';
  readonly updatedAt: Date;
  readonly eventId: string;
  readonly meetingId: string | null;
}

/** What a person is or was invited to, until three months after its end. */
export function loadPersonalEntries(
  manager: EntityManager,
  personId: string,
  now: Date,
): Promise<PersonalEntry[]> {
  return manager.query<PersonalEntry[]>(
    `SELECT snapshot, sequence, state, updated_at AS "updatedAt", event_id AS "eventId", meeting_id AS "meetingId"
     FROM calendar_object
     WHERE person_id = $1 AND (snapshot->>'end')::timestamptz > $2::timestamptz - interval '${KEPT_DAYS} days'
     ORDER BY snapshot->>'start', id LIMIT ${MOST}`,
    [personId, now],
  );
}
