import type { EntityManager } from 'typeorm';
import type { TopicGroup } from '#libs/domain/notifications/channel-choices.js';

/** Ends the mails of a group to a person; false when there is nothing to end (any more). */
export async function endMails(
  manager: EntityManager,
  personId: string,
  group: TopicGroup,
  now: Date,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO notification_preference (person_id, choices, updated_at)
     SELECT id, jsonb_build_object($2::text, jsonb_build_object('mail', 'off')), $3 FROM person WHERE id = $1
     ON CONFLICT (person_id) DO UPDATE SET updated_at = $3, choices = notification_preference.choices
       || jsonb_build_object($2::text, coalesce(notification_preference.choices->$2::text, '{}') || '{"mail": "off"}')
     WHERE notification_preference.choices->$2::text->>'mail' IS DISTINCT FROM 'off' RETURNING person_id`,
    [personId, group, now],
  );
  return rows.length > 0;
}
