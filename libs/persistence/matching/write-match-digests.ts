import type { EntityManager } from 'typeorm';
import { shanghaiDay, shanghaiInstant } from '#libs/domain/time/shanghai-time.js';
import { writeMail } from '../notifications/write-mail.js';

/** Matches above this score are worth a mail. */
const MIN_SCORE = 0.35;
/** Somebody who never had a digest is not told of matches older than this. */
const LOOK_BACK = '7 days';
const HOUR_MS = 3_600_000;
/** Hour of the day in Asia/Shanghai from which a day's digest is written, about what is new until then. */
const HOUR = 8;
/** Records named in one mail; the others are counted. */
const MOST_ITEMS = 10;

interface DigestRow {
  person_id: string;
  email: string;
  name: string;
  locale: 'zh-CN' | 'en';
  side: 'need' | 'capability';
  record: string;
  title: string;
  organisation: string;
  count: number;
  best: number;
}

/** The day (of Asia/Shanghai) whose digest is due at `now`, and the instant until which its matches count. */
export function digestDay(now: Date): { readonly day: string; readonly until: Date } {
  const day = shanghaiDay(new Date(now.getTime() - HOUR * HOUR_MS));
  return { day, until: shanghaiInstant(day, `0${HOUR}:00`)! };
}

const fresh = (side: 'need' | 'capability', other: 'need' | 'capability') => `
  SELECT '${side}' AS side, t.id AS record, t.title, t.organisation_id, t.created_by, m.score, m.created_at
  FROM match m JOIN ${side} t ON t.id = m.${side}_id JOIN ${other} u ON u.id = m.${other}_id
  WHERE m.state = 'current' AND m.created_at >= $1::timestamptz - interval '${LOOK_BACK}' AND m.created_at < $1
    AND m.score > ${MIN_SCORE} AND m.override IS DISTINCT FROM 'hidden' AND m.${side}_answer = 'none'
    AND t.status IN ('published', 'engaged') AND u.disclosure <> 'closed'`;

/** For each record with new matches, whoever wrote it if still a member of its organisation, else the first owner. */
const DUE = `
  WITH fresh AS (${fresh('need', 'capability')} UNION ALL ${fresh('capability', 'need')}),
  records AS (SELECT DISTINCT side, record, title, organisation_id, created_by FROM fresh),
  addressed AS (
    SELECT r.side, r.record, r.title, r.organisation_id, p.id AS person_id, p.email, p.name, p.locale,
           (SELECT max((d.payload ->> 'until')::timestamptz) FROM notification d
            WHERE d.person_id = p.id AND d.topic = 'match-digest') AS since
    FROM records r JOIN LATERAL (
      SELECT q.id, q.email, q.name, q.locale FROM person q JOIN membership s ON s.person_id = q.id
      WHERE s.organisation_id = r.organisation_id AND q.disabled_at IS NULL AND (q.id = r.created_by OR s.role = 'owner')
      ORDER BY q.id = r.created_by DESC NULLS LAST, s.created_at, q.id LIMIT 1) p ON true)
  SELECT a.person_id, a.email, a.name, a.locale, a.side, a.record, a.title, a.organisation_id AS organisation, count(*)::int AS count, max(f.score) AS best
  FROM addressed a JOIN fresh f ON f.record = a.record AND f.side = a.side
  WHERE a.since IS NULL OR f.created_at >= a.since
  GROUP BY a.person_id, a.email, a.name, a.locale, a.side, a.record, a.title, a.organisation_id
  ORDER BY a.person_id, max(f.score) DESC, a.record`;

function byPerson(rows: readonly DigestRow[]): Map<string, DigestRow[]> {
  const people = new Map<string, DigestRow[]>();
  for (const row of rows) people.set(row.person_id, [...(people.get(row.person_id) ?? []), row]);
  return people;
}

/**
 * Writes the day's digest of new matches to everybody who has some that they were not told of; at most one per person
 * and day, however often this runs. Returns the mails' ids for `JobQueue.wake('send-notification', ids)` after the
 * commit, or null while match runs are under way: their matches are not complete.
 */
export async function writeMatchDigests(manager: EntityManager, now: Date): Promise<string[] | null> {
  const running = await manager.query<unknown[]>(
    "SELECT 1 FROM match_run WHERE status IN ('queued', 'running') LIMIT 1",
  );
  if (running.length > 0) return null;
  const { day, until } = digestDay(now);
  const rows = await manager.query<DigestRow[]>(DUE, [until]);
  const mails: string[] = [];
  for (const [personId, items] of byPerson(rows)) {
    const [first] = items;
    const isOfOne = items.every((item) => item.organisation === first!.organisation);
    const id = await writeMail(manager, {
      topic: 'match-digest',
      dedupeKey: `match-digest:${personId}:${day}`,
      personId,
      toAddress: first!.email,
      toName: first!.name,
      locale: first!.locale,
      // Records of two organisations are nothing for the robots of either.
      organisationId: isOfOne ? first!.organisation : null,
      payload: {
        until: until.toISOString(),
        total: items.reduce((sum, item) => sum + item.count, 0),
        items: items.slice(0, MOST_ITEMS).map(({ side, record, title, count, best }) => ({
          side,
          title,
          count,
          best,
          link: `/matches/${side}/${record}?sort=newest`,
        })),
        more: Math.max(0, items.length - MOST_ITEMS),
        link: '/matches',
      },
    });
    if (id !== null) mails.push(id);
  }
  return mails;
}
