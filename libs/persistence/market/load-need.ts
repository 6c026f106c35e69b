import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import { listRecordsFor, type CardPage, type RecordQuery } from './list-records.js';
import { loadRecordFor, type Loaded } from './load-record.js';
import type { NeedRecord } from './market-table.js';

/** A need reduced to what the actor may read: hidden fields are null and named in `sealed`. Null = not visible. */
export const loadNeedFor = (
  manager: EntityManager,
  actor: Actor | null,
  id: string,
): Promise<Loaded<NeedRecord> | null> => loadRecordFor(manager, 'need', actor, id);

export const listNeedsFor = (
  manager: EntityManager,
  actor: Actor | null,
  query: RecordQuery,
): Promise<CardPage> => listRecordsFor(manager, 'need', actor, query);
