import { isMemberOf, isStaff, type Actor } from './actor.js';
import type { DisclosureLevel } from '../market/market-fields.js';

export type { DisclosureLevel } from '../market/market-fields.js';

/** What of a record decides who may read it. */
export interface Disclosed {
  readonly organisationId: string | null;
  readonly status: string;
  /** 公开, 脱敏公开, 定向, 不公开. */
  readonly disclosure: 'public' | 'redacted' | 'directed' | 'closed';
}

/** What binds an actor to a record of somebody else. */
export interface Ties {
  /** A grant to the person or one of their organisations that is not revoked. */
  readonly granted: boolean;
  /** A current match with a record of one of their organisations. */
  readonly matched: boolean;
}

/**
 * How much an actor may read. 1. Staff and the own organisation read everything. 2. Nobody else sees what is not (or
 * no longer) published, or closed. 3. A grant opens everything. 4. Public texts are read by all; redacted ones in
 * their redacted version; directed ones in the same version, and only by matched organisations.
 */
export function disclosureLevel(
  actor: Actor | null,
  record: Disclosed,
  ties: Ties,
  openStatuses: readonly string[],
): DisclosureLevel {
  if (isStaff(actor) || isMemberOf(actor, record.organisationId)) return 'sealed-too';
  if (!openStatuses.includes(record.status) || record.disclosure === 'closed') return 'none';
  if (actor !== null && ties.granted) return 'sealed-too';
  if (record.disclosure === 'public') return 'full';
  if (record.disclosure === 'redacted') return 'redacted';
  return actor !== null && ties.matched ? 'redacted' : 'none';
}
