import type { EntityManager } from 'typeorm';
import { IS_PLAN } from './decline-proposal.js';
import { CURRENT_ANSWERS } from './load-invited.js';

export interface AnswerRow {
  readonly personId: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly kind: 'event' | 'meeting';
  readonly meetingId: string | null;
  readonly summary: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly answer: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED' | null;
  readonly comment: string;
  readonly channel: 'mail' | 'web' | null;
  readonly statedAt: Date | null;
  readonly occurrences: { startsAt: string; answer: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'DELEGATED' }[];
}

/** What counts now of everybody who is invited to an event, by name, and to its meetings, by time. */
export function loadEventAnswers(manager: EntityManager, eventId: string): Promise<AnswerRow[]> {
  return manager.query<AnswerRow[]>(
    `WITH current AS (${CURRENT_ANSWERS})
     SELECT p.id AS "personId", p.name, c.kind, c.meeting_id AS "meetingId", c.snapshot->>'summary' AS summary,
            (c.snapshot->>'start')::timestamptz AS "startsAt", (c.snapshot->>'end')::timestamptz AS "endsAt",
            coalesce((SELECT o.name FROM registration r JOIN organisation o ON o.id = r.organisation_id
               WHERE r.event_id = c.event_id AND r.person_id = p.id ORDER BY r.status = 'confirmed' DESC, r.id DESC LIMIT 1),
              (SELECT o.name FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id
               ORDER BY m.organisation_id LIMIT 1)) AS organisation,
            a.answer, coalesce(a.comment, '') AS comment,
            a.channel, a.stated_at AS "statedAt", coalesce((
              SELECT jsonb_agg(jsonb_build_object('startsAt', to_char(o.instance AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'answer', o.answer) ORDER BY o.instance)
              FROM current o WHERE o.calendar_object_id = c.id AND o.instance IS NOT NULL), '[]') AS occurrences
     FROM calendar_object c JOIN person p ON p.id = c.person_id
     LEFT JOIN current a ON a.calendar_object_id = c.id AND a.instance IS NULL
     WHERE c.event_id = $1 AND c.state = 'active' 
     ORDER BY c.kind, CASE c.kind WHEN 'meeting' THEN c.snapshot->>'start' END, c.meeting_id, p.name, p.id, c.id`,
    [eventId],
  );
}

export interface ProposalRow {
  readonly id: string;
  readonly kind: 'event' | 'meeting';
  readonly meetingId: string | null;
  readonly name: string;
  readonly organisation: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly currentStartsAt: Date;
  readonly currentEndsAt: Date;
  readonly comment: string;
  readonly statedAt: Date;
  readonly status: 'open' | 'accepted' | 'declined';
  readonly movable: boolean;
  readonly taken: boolean;
}

/** Other times that attendees of an event asked for, the open ones first. */
export function loadProposals(manager: EntityManager, eventId: string, now: Date): Promise<ProposalRow[]> {
  return manager.query<ProposalRow[]>(
    `SELECT q.id, c.kind, c.meeting_id AS "meetingId", p.name,
            (SELECT o.name FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id
             ORDER BY m.organisation_id LIMIT 1) AS organisation,
            q.starts_at AS "startsAt", q.ends_at AS "endsAt", (c.snapshot->>'start')::timestamptz AS "currentStartsAt",
            (c.snapshot->>'end')::timestamptz AS "currentEndsAt", q.comment, q.stated_at AS "statedAt", q.status,
            q.status = 'open' AND c.kind = 'event' AND q.starts_at > $2 AND (q.starts_at, q.ends_at) <> (e.starts_at, e.ends_at)
              AND e.state IN ('published', 'registration_closed') AS movable,
            q.status = 'open' AND ${IS_PLAN} AS taken
     FROM calendar_proposal q JOIN calendar_object c ON c.id = q.calendar_object_id JOIN person p ON p.id = c.person_id
     JOIN event e ON e.id = c.event_id
     WHERE c.event_id = $1 ORDER BY q.status = 'open' DESC, q.stated_at DESC, q.id`,
    [eventId, now],
  );
}
