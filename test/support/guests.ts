import type { DataSource } from 'typeorm';
import { syncRegistrationInvitation } from '#libs/persistence/notifications/sync-invitations.js';
import type { TestPerson } from './factories.js';
import type { TestPlatform } from './platform.js';

/** So many people `NAME1@test.example` … with confirmed places at an event, of which nobody was told. */
export async function addGuests(
  dataSource: Pick<DataSource, 'query'>,
  eventId: string,
  count: number,
  name: string,
): Promise<void> {
  await dataSource.query(
    `WITH people AS (INSERT INTO person (email, name)
       SELECT $2 || i || '@test.example', '人' || i FROM generate_series(1, $3::int) i RETURNING id)
     INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     SELECT $1::uuid, id, 'confirmed', 1, id::text FROM people`,
    [eventId, name, count],
  );
}

/** Somebody with a place at an event and the invitation to it. */
export interface Guest extends TestPerson {
  readonly eventId: string;
  readonly uid: string;
  readonly objectId: string;
  readonly replyKey: string;
}

export async function inviteGuest(
  platform: TestPlatform,
  eventId: string,
  person: TestPerson,
): Promise<Guest> {
  const [registration] = await platform.dataSource.query<{ id: string }[]>(
    `INSERT INTO registration (event_id, person_id, status, seats_held, ticket_code)
     VALUES ($1, $2, 'confirmed', 1, gen_random_uuid()::text) RETURNING id`,
    [eventId, person.id],
  );
  await platform.dataSource.transaction((m) =>
    syncRegistrationInvitation(m, registration!.id, platform.clock.now()),
  );
  const [object] = await platform.dataSource.query<{ id: string; uid: string; key: string }[]>(
    `SELECT id, uid, replace(reply_key::text, '-', '') AS key FROM calendar_object WHERE event_id = $1 AND person_id = $2`,
    [eventId, person.id],
  );
  return { ...person, eventId, uid: object!.uid, objectId: object!.id, replyKey: object!.key };
}
