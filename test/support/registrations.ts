import { hashToken, newToken, SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';
import type { TestPerson } from './factories.js';
import type { TestPlatform, TestScene } from './platform.js';

interface EventOptions {
  readonly capacity: number;
  readonly title?: string;
  readonly state?: string;
  readonly approvalRequired?: boolean;
  readonly groupMax?: number;
  readonly offerHours?: number;
  readonly questions?: unknown[];
  /** Hours from now. */
  readonly startsIn?: number;
}

/** A published event; returns its id. */
export async function makeOpenEvent(platform: TestScene, options: EventOptions): Promise<string> {
  const starts = new Date(Date.now() + (options.startsIn ?? 240) * 3_600_000);
  const rows: { id: string }[] = await platform.dataSource.query(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity, approval_required, group_max, offer_hours, questions)
     VALUES ('forum', $1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      options.title ?? '测试论坛',
      options.state ?? 'published',
      starts,
      new Date(starts.getTime() + 7_200_000),
      options.capacity,
      options.approvalRequired ?? false,
      options.groupMax ?? 1,
      options.offerHours ?? 24,
      JSON.stringify(options.questions ?? []),
    ],
  );
  return rows[0]!.id;
}

/** Many signed-in people at once. */
export async function makeCrowd(platform: TestScene, count: number): Promise<TestPerson[]> {
  const mark = newToken()
    .slice(0, 10)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, 'x');
  const people = Array.from({ length: count }, (_, index) => ({
    email: `crowd-${mark}-${index}@test.example`,
    name: `观众${index}`,
    token: newToken(),
  }));
  const rows: { id: string; email: string }[] = await platform.dataSource.query(
    `INSERT INTO person (email, name, email_verified_at) SELECT email, name, now() FROM unnest($1::text[], $2::text[]) AS t(email, name)
     RETURNING id, email`,
    [people.map((p) => p.email), people.map((p) => p.name)],
  );
  const ids = new Map(rows.map((row) => [row.email, row.id]));
  await platform.dataSource.query(
    `INSERT INTO session (person_id, token_hash, expires_at)
     SELECT id, hash, now() + interval '1 day' FROM unnest($1::uuid[], $2::text[]) AS t(id, hash)`,
    [people.map((p) => ids.get(p.email)), people.map((p) => hashToken(p.token))],
  );
  return people.map(({ email, name, token }) => {
    const client = platform.client();
    client.setCookie(SESSION_COOKIE, token);
    return { id: ids.get(email)!, email, name, client };
  });
}

/** Sum of seats held, seats taken and registrations per status of an event. */
export async function seatsOf(
  platform: TestPlatform,
  eventId: string,
): Promise<{ taken: number; held: number; statuses: Record<string, number> }> {
  const rows: { taken: number; held: number }[] = await platform.dataSource.query(
    `SELECT seats_taken AS taken, (SELECT coalesce(sum(seats_held), 0)::int FROM registration WHERE event_id = e.id) AS held
     FROM event e WHERE id = $1`,
    [eventId],
  );
  const counts: { status: string; count: number }[] = await platform.dataSource.query(
    'SELECT status, count(*)::int AS count FROM registration WHERE event_id = $1 GROUP BY status ORDER BY status',
    [eventId],
  );
  return { ...rows[0]!, statuses: Object.fromEntries(counts.map((row) => [row.status, row.count])) };
}

export interface OfferMail {
  readonly acceptLink: string;
  readonly expiresAt: string;
}

/** Tokens in the links of the offers mailed to a registration, oldest first. */
export async function offerTokens(platform: TestPlatform, registrationId: string): Promise<string[]> {
  const rows: { payload: OfferMail }[] = await platform.dataSource.query(
    "SELECT payload FROM notification WHERE topic = 'registration-offer' AND channel = 'mail' AND stream_key = $1 ORDER BY id",
    [`registration:${registrationId}`],
  );
  return rows.map((row) => new URL(row.payload.acceptLink, 'http://x').searchParams.get('s')!);
}
