import type { EntityManager } from 'typeorm';
import type { AnnouncementView, Hearing } from '#libs/contracts/notifications/announcement.js';

interface Row {
  readonly personId: string | null;
  readonly name: string | null;
  readonly topic: string;
  readonly channel: string;
  readonly status: string;
  readonly merges: boolean;
  readonly inApp: boolean;
  readonly endpoint: boolean;
  readonly at: Date;
}

type Line = AnnouncementView['lines'][number];

const LINES = 1000;

/** What the transaction of `manager` wrote into the outbox after the id `since` was made. */
export async function readAnnouncement(
  manager: EntityManager,
  since: string,
  now: Date,
): Promise<AnnouncementView> {
  const rows = await manager.query<Row[]>(
    `SELECT person_id AS "personId", coalesce(to_name, to_address) AS name, topic, channel, status, merges, in_app AS "inApp",
            endpoint_id IS NOT NULL AS endpoint, next_attempt_at AS at
     FROM notification WHERE id > $1 AND xmin = pg_current_xact_id()::xid ORDER BY name, topic, id`,
    [since],
  );
  const [webhooks] = await manager.query<[{ n: number }]>(
    'SELECT count(*)::int AS n FROM webhook_delivery WHERE id > $1 AND xmin = pg_current_xact_id()::xid',
    [since],
  );
  const lines = linesOf(rows, now);
  return {
    people: new Set(lines.map((line) => line.personId)).size,
    rows: countLines(lines),
    robots: countRobots(rows),
    webhooks: webhooks.n,
    lines: lines.slice(0, LINES),
    total: lines.length,
  };
}

function linesOf(rows: readonly Row[], now: Date): Line[] {
  const lines = new Map<string, Line>();
  for (const row of rows) {
    if (row.personId === null) continue;
    const key = `${row.personId} ${row.topic}`;
    const line = lines.get(key) ?? {
      personId: row.personId,
      name: row.name ?? '',
      topic: row.topic,
      channels: [],
    };
    lines.set(key, line);
    const at = row.at.toISOString();
    add(line, { channel: row.channel, heard: heardOf(row, now), at });
    // A mail is shown in the web application at once, whenever it leaves itself.
    if (row.channel === 'mail')
      add(line, { channel: 'in-app', heard: row.inApp ? 'now' : 'off', at: now.toISOString() });
  }
  return [...lines.values()];
}

/** Somebody with several meetings gets several messages of one topic; the line tells of the first in each channel. */
function add(line: Line, told: Line['channels'][number]): void {
  if (!line.channels.some(({ channel }) => channel === told.channel)) line.channels.push(told);
}

function heardOf(row: Row, now: Date): Hearing {
  if (row.status === 'cancelled') return 'off';
  if (row.merges) return 'digest';
  return row.at > now ? 'later' : 'now';
}

function countLines(lines: readonly Line[]): AnnouncementView['rows'] {
  const counts = new Map<string, AnnouncementView['rows'][number]>();
  for (const { topic, channels } of lines) {
    for (const { channel, heard } of channels) {
      const key = `${topic} ${channel}`;
      const row = counts.get(key) ?? { topic, channel, now: 0, later: 0, digest: 0, off: 0 };
      row[heard] += 1;
      counts.set(key, row);
    }
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function countRobots(rows: readonly Row[]): AnnouncementView['robots'] {
  const counts = new Map<string, AnnouncementView['robots'][number]>();
  for (const { endpoint, name, channel } of rows) {
    if (!endpoint || name === null) continue;
    const row = counts.get(`${channel} ${name}`) ?? { name, channel, messages: 0 };
    row.messages += 1;
    counts.set(`${channel} ${name}`, row);
  }
  return [...counts.values()];
}
