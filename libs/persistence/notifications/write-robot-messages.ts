import type { EntityManager } from 'typeorm';
import { isEventNews, type EventWords, type SaidOfEvent } from '#libs/domain/notifications/event-news.js';
import { ABOUT_ORGANISATION, SHARED_PAYLOAD } from './about-organisation.js';
import { readEvents } from './invitation-truth.js';
import { inLanguageOf } from './payload-language.js';

/** What a robot could say of a mail. */
interface Telling {
  readonly robot: string;
  readonly robotKind: string;
  readonly robotName: string;
  readonly locale: 'zh-CN' | 'en';
  readonly mailLocale: 'zh-CN' | 'en';
  readonly organisation: string | null;
  readonly key: string;
  readonly topic: string;
  readonly payload: EventWords;
  readonly note: unknown;
  readonly sequence: number | null;
  readonly event: string | null;
  /** About the event as such, which all its guests are told of. */
  readonly ofEvent: boolean;
}

/**
 * Of a change of an event that is told to many at once one mail for each robot, the first in its language. Robots of the
 * platform hear of events, those of an organisation of what is about it.
 */
const TELLINGS = `
  WITH ${ABOUT_ORGANISATION}
  SELECT * FROM (
    SELECT DISTINCT ON (e.id, one.key) n.id, e.id AS robot, e.kind AS "robotKind", e.name AS "robotName", e.locale,
      n.locale AS "mailLocale", e.organisation_id AS organisation, n.dedupe_key AS key, n.topic, n.sequence,
      n.event_id AS event, of.event AS "ofEvent", ${SHARED_PAYLOAD} AS payload, n.payload->'note' AS note
    FROM about a JOIN notification n ON n.id = a.id
    JOIN channel_endpoint e ON e.enabled AND n.topic = ANY(e.topics)
    CROSS JOIN LATERAL (SELECT n.event_id IS NOT NULL AND n.topic LIKE 'invitation-%'
      AND n.payload->>'kind' IS NOT DISTINCT FROM 'event' AS event) of
    CROSS JOIN LATERAL (SELECT CASE WHEN of.event
      THEN concat_ws(' ', n.topic, n.event_id, extract(epoch FROM n.created_at)) ELSE n.id::text END AS key) one
    WHERE CASE WHEN e.organisation_id IS NULL THEN of.event ELSE e.organisation_id = a.organisation_id END
      AND (NOT of.event OR CASE n.topic
        WHEN 'invitation-cancel' THEN n.payload->'cancelledWhole' = 'true'
        WHEN 'invitation-update' THEN n.payload->'before' IS DISTINCT FROM jsonb_build_object('summary', n.payload->'summary',
          'startsAt', n.payload->'startsAt', 'endsAt', n.payload->'endsAt', 'place', n.payload->'place')
        ELSE true END)
    ORDER BY e.id, one.key, n.locale = e.locale DESC, n.id) telling
  ORDER BY id, robot`;

/** What each robot ($1) said last of each event ($2). */
const SAID = `
  SELECT DISTINCT ON (n.endpoint_id, n.event_id) n.endpoint_id AS robot, n.event_id AS event, n.topic, n.payload,
    n.topic = 'invitation-cancel' AND EXISTS (
      SELECT 1 FROM notification again WHERE again.event_id = n.event_id AND again.topic = 'invitation-request'
        AND again.channel = 'mail' AND again.payload->>'kind' = 'event' AND again.id > n.id) AS reopened
  FROM notification n
  WHERE n.endpoint_id = ANY($1) AND n.event_id = ANY($2) AND n.topic LIKE 'invitation-%' AND n.payload->>'kind' = 'event'
  ORDER BY n.endpoint_id, n.event_id, n.id DESC`;

const WRITE = `
  INSERT INTO notification (dedupe_key, stream_key, topic, channel, to_address, to_name, locale, payload, sequence,
    event_id, organisation_id, endpoint_id, merges, next_attempt_at, created_at, message_id)
  SELECT 'robot:' || r.robot || ':' || r.key, 'robot:' || r.robot, r.topic, r."robotKind", r."robotName", r."robotName",
    r.locale, r.payload, r.sequence, r.event, r.organisation, r.robot, true, $2::timestamptz, $2::timestamptz,
    'robot:' || r.robot || ':' || r.key
  FROM jsonb_to_recordset($1::jsonb) AS r(place int, robot uuid, "robotKind" text, "robotName" text, locale text,
    organisation uuid, key text, topic text, payload jsonb, sequence int, event uuid)
  ORDER BY r.place
  ON CONFLICT (dedupe_key) DO NOTHING`;

/** Writes what robots say of mails, each in its own language and a change of an event once, however many are told of it. */
export async function writeRobotMessages(
  manager: EntityManager,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  const tellings = await manager.query<Telling[]>(TELLINGS, [ids]);
  if (tellings.length === 0) return;
  const about = [...new Set(tellings.flatMap(({ event }) => event ?? []))];
  const events = await readEvents(manager, about);
  const said = await readSaid(manager, [...new Set(tellings.map(({ robot }) => robot))], about);
  const messages = tellings.flatMap((telling) => {
    const event = telling.event === null ? undefined : events.get(telling.event);
    const spoken = inLanguageOf(telling.locale, telling.mailLocale, telling.payload, event);
    if (!telling.ofEvent) return [{ ...telling, payload: spoken }];
    const of = `${telling.robot} ${telling.event}`;
    if (!isEventNews(telling.topic, spoken, said.get(of))) return [];
    // Why an event is called off was written for everybody.
    const payload = telling.topic === 'invitation-cancel' ? { ...spoken, note: telling.note } : spoken;
    said.set(of, { topic: telling.topic, payload, reopened: false });
    return [{ ...telling, payload }];
  });
  if (messages.length === 0) return;
  const rows = messages.map((message, place) => ({ ...message, place }));
  await manager.query(WRITE, [JSON.stringify(rows), now]);
}

async function readSaid(
  manager: EntityManager,
  robots: readonly string[],
  events: readonly string[],
): Promise<Map<string, SaidOfEvent>> {
  const rows = await manager.query<(SaidOfEvent & { robot: string; event: string })[]>(SAID, [
    robots,
    events,
  ]);
  return new Map(rows.map((row) => [`${row.robot} ${row.event}`, row]));
}
