import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, oneOf, quantity, refersTo, text, time, uuid } from '../columns.js';

export const BLOCK_KINDS = ['competitor', 'dispute', 'other'] as const;

/** Two organisations that are not matched with each other, in neither direction, until `endedAt`. */
export interface MatchBlock {
  id: string;
  /** Who stated it; of a dispute, which organizers record, one of the two parties. */
  organisationId: string;
  blockedOrganisationId: string;
  kind: (typeof BLOCK_KINDS)[number];
  /** Sealed: for members of `organisationId` and organizers; of a dispute for organizers only. */
  note: string | null;
  createdBy: string | null;
  createdAt: Date;
  endedBy: string | null;
  endedAt: Date | null;
}
export const MatchBlockEntity = new EntitySchema<MatchBlock>({
  name: 'match_block',
  columns: {
    id: id(),
    organisationId: uuid(),
    blockedOrganisationId: uuid(),
    kind: text(),
    note: text({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    endedBy: uuid({ nullable: true }),
    endedAt: time({ nullable: true }),
  },
  indices: [
    {
      name: 'match_block_once',
      columns: ['organisationId', 'blockedOrganisationId', 'kind'],
      unique: true,
      where: 'ended_at IS NULL',
    },
    { name: 'match_block_blocked', columns: ['blockedOrganisationId'], where: 'ended_at IS NULL' },
  ],
  checks: [
    { name: 'match_block_kind', expression: oneOf('kind', BLOCK_KINDS) },
    { name: 'match_block_two', expression: 'organisation_id <> blocked_organisation_id' },
  ],
  foreignKeys: [
    refersTo('organisation', 'organisationId', 'CASCADE'),
    refersTo('organisation', 'blockedOrganisationId', 'CASCADE'),
    refersTo('person', 'createdBy', 'SET NULL'),
    refersTo('person', 'endedBy', 'SET NULL'),
  ],
});

/** MinHash bands of a published record's text at one version; records that share a band are compared in full. */
export interface TextSignature {
  kind: 'need' | 'capability';
  recordId: string;
  version: number;
  bands: number[];
}
export const TextSignatureEntity = new EntitySchema<TextSignature>({
  name: 'text_signature',
  columns: {
    kind: text({ primary: true }),
    recordId: uuid({ primary: true }),
    version: integer(),
    bands: integer({ array: true }),
  },
  indices: [{ name: 'text_signature_bands', columns: ['bands'], synchronize: false }],
  checks: [{ name: 'text_signature_kind', expression: oneOf('kind', ['need', 'capability']) }],
});

export const DUPLICATE_STATUSES = ['open', 'same', 'different'] as const;

/** Two records with nearly the same text. Suspected (`open`) and confirmed ones count as duplicates. */
export interface NearDuplicate {
  id: string;
  kind: 'need' | 'capability';
  lowerId: string;
  higherId: string;
  /** Jaccard similarity of character 3-grams, 0..1. */
  similarity: number;
  status: (typeof DUPLICATE_STATUSES)[number];
  decidedBy: string | null;
  decidedAt: Date | null;
  createdAt: Date;
}
export const NearDuplicateEntity = new EntitySchema<NearDuplicate>({
  name: 'near_duplicate',
  columns: {
    id: id(),
    kind: text(),
    lowerId: uuid(),
    higherId: uuid(),
    similarity: quantity(),
    status: text({ default: 'open' }),
    decidedBy: uuid({ nullable: true }),
    decidedAt: time({ nullable: true }),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'near_duplicate_pair', columns: ['kind', 'lowerId', 'higherId'] }],
  indices: [
    { name: 'near_duplicate_higher', columns: ['kind', 'higherId'] },
    { name: 'near_duplicate_status', columns: ['kind', 'status'] },
  ],
  checks: [
    { name: 'near_duplicate_kind', expression: oneOf('kind', ['need', 'capability']) },
    { name: 'near_duplicate_status_known', expression: oneOf('status', DUPLICATE_STATUSES) },
    { name: 'near_duplicate_order', expression: 'lower_id < higher_id' },
    { name: 'near_duplicate_similarity', expression: 'similarity >= 0 AND similarity <= 1' },
  ],
  foreignKeys: [refersTo('person', 'decidedBy', 'SET NULL')],
});
