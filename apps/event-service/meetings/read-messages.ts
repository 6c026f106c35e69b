import type { EntityManager } from 'typeorm';
import type { LateChangePreview } from '#libs/contracts/meetings/late-changes.js';

/** Who would get which of some messages that were written, by person. */
export function readMessages(
  manager: EntityManager,
  eventId: string,
  ids: readonly string[],
): Promise<LateChangePreview['messages']> {
  return manager.query<LateChangePreview['messages']>(
    `SELECT p.id AS "personId", p.name AS person, max(o.name) AS organisation,
            count(*) FILTER (WHERE n.topic = 'invitation-request')::int AS invitations,
            count(*) FILTER (WHERE n.topic = 'invitation-update')::int AS updates,
            count(*) FILTER (WHERE n.topic = 'invitation-cancel')::int AS cancellations
     FROM notification n JOIN person p ON p.id = n.person_id
     LEFT JOIN registration r ON r.event_id = $1 AND r.person_id = p.id AND r.status = 'confirmed'
     LEFT JOIN organisation o ON o.id = r.organisation_id
     WHERE n.id = ANY($2) GROUP BY p.id, p.name ORDER BY max(o.name), p.name, p.id`,
    [eventId, ids],
  );
}
