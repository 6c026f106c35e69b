import type { OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import type { TestPerson } from './factories.js';
import type { TestPlatform } from './platform.js';

const HOUR = 3_600_000;

/** `hours` after 02:00 UTC (10:00 in Shanghai) of the day after tomorrow. */
export function inTwoDays(hours: number): string {
  const base = new Date(Date.now() + 48 * HOUR);
  base.setUTCHours(2, 0, 0, 0);
  return new Date(base.getTime() + hours * HOUR).toISOString();
}

export const shifted = (iso: string, hours: number): string =>
  new Date(Date.parse(iso) + hours * HOUR).toISOString();

export async function makeEvent(
  organizer: TestPerson,
  change: Record<string, unknown> = {},
): Promise<string> {
  const { status, body } = await organizer.client.post<{ id: string }>('/organizer/events', {
    kind: 'forum',
    title: '海洋科技论坛',
    startsAt: inTwoDays(0),
    endsAt: inTwoDays(6),
    capacity: 40,
    ...change,
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

export async function readEvent(organizer: TestPerson, id: string): Promise<OrganizerEventView> {
  const { status, body } = await organizer.client.get<OrganizerEventView>(`/organizer/events/${id}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

/** Sends a change of the newest version. */
export async function patchEvent(organizer: TestPerson, id: string, change: Record<string, unknown>) {
  const { updatedAt } = await readEvent(organizer, id);
  return organizer.client.patch(`/organizer/events/${id}`, { updatedAt, ...change });
}

export async function putPart(
  organizer: TestPerson,
  id: string,
  part: 'agenda' | 'tables' | 'rooms',
  body: Record<string, unknown>,
) {
  const { updatedAt } = await readEvent(organizer, id);
  return organizer.client.put(`/organizer/events/${id}/${part}`, { updatedAt, ...body });
}

export const transition = (organizer: TestPerson, id: string, action: string, note?: string) =>
  organizer.client.post(`/organizer/events/${id}/transitions`, { action, note });

let tickets = 0;

/** A confirmed registration as the registration service leaves it. */
export async function register(platform: TestPlatform, eventId: string, person: TestPerson): Promise<string> {
  tickets += 1;
  const [row] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code, confirmed_at)
     VALUES ($1, $2, 'confirmed', 1, $3, now()) RETURNING id`,
    [eventId, person.id, `TICKET-${tickets}`],
  );
  await platform.dataSource.query('UPDATE event SET seats_taken = seats_taken + 1 WHERE id = $1', [eventId]);
  return row!.id;
}

export async function checkIn(
  platform: TestPlatform,
  eventId: string,
  registrationId: string,
): Promise<void> {
  await platform.dataSource.query(
    "INSERT INTO check_in (registration_id, event_id, head_count, method) VALUES ($1, $2, 1, 'name')",
    [registrationId, eventId],
  );
}
