import type { EntityManager } from 'typeorm';
import { choiceOf, groupOf, type PersonalChannel } from '#libs/domain/notifications/channel-choices.js';
import { afterQuietHours, isUrgent, nextAt, type Urgency } from '#libs/domain/notifications/quiet-hours.js';
import { isPointless, type Occasion } from '#libs/domain/notifications/pointless.js';
import {
  preferencesOf,
  type Preferences,
  type StoredPreferences,
} from '#libs/domain/notifications/preferences.js';
import { spreadToPlaces } from './spread-to-places.js';

/** The long text of an invitation is for the calendar part. */
const WITHOUT_DETAILS = `CASE WHEN n.payload ? 'details' THEN n.payload || '{"details": ""}' ELSE n.payload END`;

interface Addressed {
  readonly id: string;
  readonly topic: string;
  readonly payload: Omit<Urgency, 'topic'> & Occasion;
  readonly streamKey: string;
  readonly calendar: boolean;
  readonly phone: string | null;
}

type ChosenRow = Addressed & Preferences;

/** What is written for one mail: `at` when it leaves; `merges` when it is part of a digest. */
interface Copy {
  readonly source: string;
  readonly channel: PersonalChannel;
  readonly address: string;
  readonly at: Date;
  readonly merges: boolean;
}

/**
 * Brings the next mails that were written to the other places where they are heard: the web application, the channels
 * that their person chose, robots and webhooks of their organisations; and puts off or drops the mails themselves as
 * their person wants. After the commit that wrote them, so that whoever registers does not wait for it; a constant number
 * of statements for any number of mails. One process at a time, since copies of one stream must follow in its order.
 * Answers how many mails there were.
 */
export async function spreadNext(manager: EntityManager, most: number, now: Date): Promise<number> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtext('spread-notifications'))`);
  // An array: as IN (SELECT ...) they would be looked for again for every row of a table whose size nobody counted yet.
  const mails = await manager.query<[{ id: string }[], number]>(
    `DELETE FROM notification_unspread WHERE notification_id = ANY(ARRAY(
       SELECT notification_id FROM notification_unspread ORDER BY notification_id LIMIT $1))
     RETURNING notification_id AS id`,
    [most],
  );
  const ids = mails[0].map((row) => row.id).sort();
  if (ids.length > 0) await spread(manager, ids, now);
  return ids.length;
}

async function spread(manager: EntityManager, ids: readonly string[], now: Date): Promise<void> {
  const rows = await manager.query<(Addressed & StoredPreferences)[]>(
    `SELECT n.id, n.topic, n.stream_key AS "streamKey", n.method IS NOT NULL AS calendar,
            jsonb_build_object('startsAt', n.payload->'startsAt', 'endsAt', n.payload->'endsAt', 'before', n.payload->'before',
              'anchor', n.payload->'anchor', 'minutes', n.payload->'minutes', 'expiresAt', n.payload->'expiresAt') AS payload,
            p.phone, c.choices, c.quiet_hours AS "quietHours", c.quiet_from AS "quietFrom", c.quiet_until AS "quietUntil",
            c.digest_at AS "digestAt", c.wecom_user_id AS "wecomUserId"
     FROM notification n JOIN person p ON p.id = n.person_id LEFT JOIN notification_preference c ON c.person_id = p.id
     WHERE n.id = ANY($1)`,
    [ids],
  );
  const chosen = rows.map((row) => ({ ...row, ...preferencesOf(row) }));
  await tellReaders(manager, ids, chosen);
  await adjustMails(manager, chosen, now);
  await writeCopies(
    manager,
    chosen.flatMap((row) => copiesOf(row, now)),
    now,
  );
  await spreadToPlaces(manager, ids, now);
}

/** Who looks at the web application sees a mail at once, unless they do not want to. */
async function tellReaders(
  manager: EntityManager,
  ids: readonly string[],
  chosen: readonly ChosenRow[],
): Promise<void> {
  const unwanted = chosen.filter((row) => choiceOf(row.choices, groupOf(row.topic), 'in-app') === 'off');
  if (unwanted.length > 0) {
    await manager.query('UPDATE notification SET in_app = false WHERE id = ANY($1)', [
      unwanted.map((row) => row.id),
    ]);
  }
  // The payload of a NOTIFY is short; of many people everybody who looks is asked to look again.
  await manager.query(
    `SELECT pg_notify('in_app', CASE WHEN count(*) > 100 THEN '*' ELSE string_agg(DISTINCT person_id::text, ',') END)
     FROM notification WHERE id = ANY($1) AND in_app HAVING count(*) > 0`,
    [ids],
  );
}

/** Mails that their person does not want, wants in a digest, or not at night. */
async function adjustMails(manager: EntityManager, chosen: readonly ChosenRow[], now: Date): Promise<void> {
  const changes = chosen.flatMap((row) => {
    const choice = choiceOf(row.choices, groupOf(row.topic), 'mail');
    if (choice === 'off') return [{ id: row.id, status: 'cancelled', at: now, digest: false }];
    if (choice === 'digest')
      return [{ id: row.id, status: 'queued', at: nextAt(now, row.digestAt), digest: true }];
    // Answers to what somebody just did, and calendars, are mails that wake nobody.
    if (groupOf(row.topic) !== 'market' && groupOf(row.topic) !== 'matches') return [];
    const at = leavingAt(row, now);
    return at > now ? [{ id: row.id, status: 'queued', at, digest: false }] : [];
  });
  if (changes.length === 0) return;
  await manager.query(
    `UPDATE notification n SET status = c.status, next_attempt_at = c.at, merges = c.digest,
       stream_key = CASE WHEN c.digest THEN 'digest:mail:' || n.person_id ELSE n.stream_key END
     FROM jsonb_to_recordset($1::jsonb) AS c(id uuid, status text, at timestamptz, digest boolean) WHERE n.id = c.id`,
    [JSON.stringify(changes)],
  );
}

function leavingAt(row: ChosenRow, now: Date): Date {
  if (!row.quietHours || isUrgent({ ...row.payload, topic: row.topic }, now)) return now;
  return afterQuietHours(now, { from: row.quietFrom, until: row.quietUntil });
}

function copiesOf(row: ChosenRow, now: Date): Copy[] {
  const addresses = [
    ['sms', mobile(row.phone)],
    ['wecom-app', row.wecomUserId],
  ] as const;
  return addresses.flatMap(([channel, address]) => {
    const choice = choiceOf(row.choices, groupOf(row.topic), channel);
    if (choice === 'off' || address === null || address === '') return [];
    const at = choice === 'digest' ? nextAt(now, row.digestAt) : leavingAt(row, now);
    if (isPointless(row.topic, row.payload, at)) return [];
    return [{ source: row.id, channel, address, at, merges: choice === 'digest' }];
  });
}

/** A Chinese mobile number, or one in international form, as E.164; null for others. */
function mobile(phone: string | null): string | null {
  const digits = phone?.replace(/[\s()-]/g, '') ?? '';
  if (/^(?:\+?86)?1[3-9]\d{9}$/.test(digits)) return `+86${digits.slice(-11)}`;
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

async function writeCopies(manager: EntityManager, copies: readonly Copy[], now: Date): Promise<void> {
  if (copies.length === 0) return;
  const rows = await manager.query<{ id: string }[]>(
    `INSERT INTO notification (dedupe_key, stream_key, topic, channel, person_id, to_address, to_name, locale, payload,
       sequence, event_id, next_attempt_at, merges, created_at, message_id)
     SELECT c.channel || ':' || n.dedupe_key,
       CASE WHEN c.merges THEN 'digest:' || c.channel || ':' || n.person_id ELSE c.channel || ':' || n.stream_key END,
       n.topic, c.channel, n.person_id, c.address, n.to_name, n.locale, ${WITHOUT_DETAILS},
       n.sequence, n.event_id, c.at, c.merges, $2, c.channel || ':' || n.message_id
     FROM jsonb_to_recordset($1::jsonb) AS c(source uuid, channel text, address text, at timestamptz, merges boolean)
     JOIN notification n ON n.id = c.source
     ON CONFLICT (dedupe_key) DO NOTHING RETURNING id`,
    [JSON.stringify(copies), now],
  );
  // What must be heard now does not wait behind what was put off until morning.
  const urgent = copies.some((copy) => copy.at <= now);
  if (urgent) {
    await manager.query(
      `UPDATE notification earlier SET next_attempt_at = $2 FROM notification n
       WHERE n.id = ANY($1) AND n.next_attempt_at <= $2 AND NOT n.merges AND earlier.stream_key = n.stream_key
         AND earlier.status = 'queued' AND earlier.next_attempt_at > $2`,
      [rows.map((row) => row.id), now],
    );
  }
}
