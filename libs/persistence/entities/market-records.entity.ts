import { EntitySchema } from 'typeorm';
import { WORK_KINDS, type ExpertWork } from '#libs/domain/market/record-kinds.js';
import { createdAt, id, integer, oneOf, quantity, refersTo, text, uuid } from '../columns.js';

/** One technical indicator of a need (wanted) or of a capability (offered). */
export interface Indicator {
  id: string;
  needId: string | null;
  capabilityId: string | null;
  position: number;
  name: string;
  comparator: string;
  value: number;
  valueHigh: number | null;
  unit: string | null;
  raw: string;
  /** By which reader it was made of its words; null where its author set it. */
  readerVersion: number | null;
}
export const IndicatorEntity = new EntitySchema<Indicator>({
  name: 'indicator',
  columns: {
    id: id(),
    needId: uuid({ nullable: true }),
    capabilityId: uuid({ nullable: true }),
    position: integer(),
    name: text(),
    comparator: text(),
    value: quantity(),
    valueHigh: quantity({ nullable: true }),
    unit: text({ nullable: true }),
    raw: text(),
    readerVersion: integer({ nullable: true }),
  },
  indices: [
    { name: 'indicator_need', columns: ['needId'] },
    { name: 'indicator_capability', columns: ['capabilityId'] },
  ],
  checks: [
    { name: 'indicator_owner', expression: '(need_id IS NULL) <> (capability_id IS NULL)' },
    {
      name: 'indicator_comparator',
      expression: oneOf('comparator', ['lt', 'le', 'eq', 'ge', 'gt', 'between']),
    },
  ],
  foreignKeys: [refersTo('need', 'needId', 'CASCADE'), refersTo('capability', 'capabilityId', 'CASCADE')],
});

/** One work of an expert, in the order in which they give it. */
export interface CapabilityWork extends ExpertWork {
  id: string;
  capabilityId: string;
  position: number;
}
export const CapabilityWorkEntity = new EntitySchema<CapabilityWork>({
  name: 'capability_work',
  columns: {
    id: id(),
    capabilityId: uuid(),
    position: integer(),
    kind: text(),
    title: text(),
    abstract: text({ nullable: true }),
    year: integer({ nullable: true }),
  },
  uniques: [{ name: 'capability_work_place', columns: ['capabilityId', 'position'] }],
  checks: [{ name: 'capability_work_kind', expression: oneOf('kind', WORK_KINDS) }],
  foreignKeys: [refersTo('capability', 'capabilityId', 'CASCADE')],
});

/** A step of the review of a need or capability, with the organizer's questions. */
export interface Review {
  id: string;
  subjectKind: 'need' | 'capability';
  subjectId: string;
  outcome: 'published' | 'returned' | 'withdrawn';
  note: string | null;
  reviewerId: string | null;
  createdAt: Date;
}
export const ReviewEntity = new EntitySchema<Review>({
  name: 'review',
  columns: {
    id: id(),
    subjectKind: text(),
    subjectId: uuid(),
    outcome: text(),
    note: text({ nullable: true }),
    reviewerId: uuid({ nullable: true }),
    createdAt: createdAt(),
  },
  indices: [{ name: 'review_subject', columns: ['subjectKind', 'subjectId'] }],
  checks: [{ name: 'review_outcome', expression: oneOf('outcome', ['published', 'returned', 'withdrawn']) }],
  foreignKeys: [refersTo('person', 'reviewerId', 'SET NULL')],
});

/** The enterprise's own word that its need is solved; nobody else can give it. */
export interface NeedAcceptance {
  id: string;
  needId: string;
  acceptedBy: string;
  organisationId: string;
  dealId: string | null;
  statement: string | null;
  createdAt: Date;
}
export const NeedAcceptanceEntity = new EntitySchema<NeedAcceptance>({
  name: 'need_acceptance',
  columns: {
    id: id(),
    needId: uuid(),
    acceptedBy: uuid(),
    organisationId: uuid(),
    dealId: uuid({ nullable: true }),
    statement: text({ nullable: true }),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'need_acceptance_once', columns: ['needId'] }],
  foreignKeys: [
    refersTo('need', 'needId'),
    refersTo('person', 'acceptedBy'),
    refersTo('organisation', 'organisationId'),
    refersTo('deal', 'dealId'),
  ],
});
