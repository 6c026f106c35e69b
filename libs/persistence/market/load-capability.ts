import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import { listRecordsFor, type CardPage, type RecordQuery } from './list-records.js';
import { loadRecordFor, type Loaded } from './load-record.js';
import type { CapabilityRecord } from './market-table.js';

/** A capability reduced to what the actor may read: hidden fields are null and named in `sealed`. Null = not visible. */
export const loadCapabilityFor = (
  manager: EntityManager,
  actor: Actor | null,
  id: string,
): Promise<Loaded<CapabilityRecord> | null> => loadRecordFor(manager, 'capability', actor, id);

export const listCapabilitiesFor = (
  manager: EntityManager,
  actor: Actor | null,
  query: RecordQuery,
): Promise<CardPage> => listRecordsFor(manager, 'capability', actor, query);
