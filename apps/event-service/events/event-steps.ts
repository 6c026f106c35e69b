import type { EntityManager } from 'typeorm';
import { AppError, type FieldProblem } from '#libs/contracts/app-error.js';
import type { BrokenRule } from '#libs/domain/event/publish-rules.js';
import {
  EventEntity,
  ProgrammeEntity,
  VenueEntity,
  type Event,
} from '#libs/persistence/entities/event.entity.js';
import { brokenConstraint } from '#libs/platform/database/transactions.js';

/** The event's row, locked until the transaction ends. Throws `record.not-found`. */
export async function lockEvent(manager: EntityManager, id: string): Promise<Event> {
  const event = await manager.findOne(EventEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (event === null) throw new AppError('record.not-found', { what: '活动' });
  return event;
}

export async function countTables(manager: EntityManager, eventId: string): Promise<number> {
  const [row] = await manager.query<[{ n: number }]>(
    'SELECT count(*)::int AS n FROM meeting_table WHERE event_id = $1',
    [eventId],
  );
  return row.n;
}

/** The venue of that name and address, created when there is none. */
export async function findOrCreateVenue(
  manager: EntityManager,
  place: { readonly name: string; readonly address: string | null },
): Promise<string> {
  const address = place.address === '' ? null : place.address;
  // Two editors who name the same new place at the same time wait for each other here.
  await manager.query("SELECT pg_advisory_xact_lock(hashtext('venue:' || $1))", [place.name]);
  const [known] = await manager.query<{ id: string }[]>(
    'SELECT id FROM venue WHERE name = $1 AND address IS NOT DISTINCT FROM $2 ORDER BY id LIMIT 1',
    [place.name, address],
  );
  if (known !== undefined) return known.id;
  const result = await manager.insert(VenueEntity, { name: place.name, address });
  return String(result.identifiers[0]!['id']);
}

/** Ids of a venue's rooms by name; rooms that are new are created. */
export async function findOrCreateRooms(
  manager: EntityManager,
  venueId: string | null,
  names: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(names.filter((name) => name !== null && name !== ''))] as string[];
  if (wanted.length === 0) return new Map();
  if (venueId === null) throw new AppError('event.venue-needed', { room: wanted[0]! });
  await manager.query(
    'INSERT INTO room (venue_id, name) SELECT $1, unnest($2::text[]) ON CONFLICT (venue_id, name) DO NOTHING',
    [venueId, wanted],
  );
  const rows: { id: string; name: string }[] = await manager.query(
    'SELECT id, name FROM room WHERE venue_id = $1 AND name = ANY($2)',
    [venueId, wanted],
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}

/** Refuses archived programmes. */
export async function checkProgramme(manager: EntityManager, programmeId: string | null): Promise<void> {
  if (programmeId === null) return;
  const programme = await manager.findOneBy(ProgrammeEntity, { id: programmeId });
  if (programme === null) throw new AppError('record.not-found', { what: '活动品牌' });
  if (programme.archivedAt !== null) throw new AppError('programme.archived', { name: programme.name });
}

export async function nextEdition(manager: EntityManager, programmeId: string): Promise<number> {
  const [row] = await manager.query<[{ next: number }]>(
    'SELECT coalesce(max(edition_no), 0) + 1 AS next FROM event WHERE programme_id = $1',
    [programmeId],
  );
  return row.next;
}

/** Runs `work`; when it gave a number that the programme has, says so and names the next free one. */
export async function withEdition<Result>(
  manager: EntityManager,
  wanted: { readonly programmeId: string | null; readonly editionNo: number | null },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (brokenConstraint(error) !== 'event_edition' || wanted.programmeId === null) throw error;
    const programme = await manager.findOneBy(ProgrammeEntity, { id: wanted.programmeId });
    const next = await nextEdition(manager, wanted.programmeId);
    throw new AppError(
      'event.edition-taken',
      { programme: programme?.name ?? '', edition: wanted.editionNo ?? 0, next },
      [{ field: 'editionNo', message: 'taken' }],
    );
  }
}

/** `message` of a broken rule is the rule's name (contract `publishRule`), which pages put into words. */
export const ruleProblems = (broken: readonly BrokenRule[]): FieldProblem[] =>
  broken.map(({ field, rule }) => ({ field, message: rule }));
