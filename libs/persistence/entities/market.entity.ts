import { EntitySchema } from 'typeorm';
import {
  OFFER_KINDS,
  REQUEST_KINDS,
  type OfferFacts,
  type OfferKind,
  type RequestFacts,
  type RequestKind,
} from '#libs/domain/market/record-kinds.js';
import {
  bool,
  createdAt,
  day,
  id,
  integer,
  json,
  oneOf,
  quantity,
  refersTo,
  text,
  texts,
  time,
  uuid,
} from '../columns.js';

export const DISCLOSURES = ['public', 'redacted', 'directed', 'closed'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

export const NEED_STATUSES = [
  'draft',
  'submitted',
  'returned',
  'published',
  'engaged',
  'contracted',
  'accepted',
  'closed',
  'withdrawn',
  'expired',
] as const;
export type NeedStatus = (typeof NEED_STATUSES)[number];

/** 企业技术需求. Lists hold codes of the code lists; `contact*`, `budget*` and, unless public, the full text are sealed. */
export interface Need {
  id: string;
  /** Shown number: region + year + serial, given at first submission or import. */
  needNo: string | null;
  externalSource: string | null;
  externalNo: string | null;
  organisationId: string | null;
  createdBy: string | null;
  status: NeedStatus;
  requestKind: RequestKind;
  /** What only needs of this kind state. */
  facts: RequestFacts;
  /** Names of required fields still empty; non-empty = an incomplete draft. */
  missing: string[];
  title: string;
  problem: string | null;
  keyTech: string | null;
  expectedGoal: string | null;
  existingBasis: string | null;
  /** What everybody may read when the need is 脱敏公开. */
  publicSummary: string | null;
  keywords: string[];
  needKind: string | null;
  solveModes: string[];
  activityType: string | null;
  fields: string[];
  industry: string | null;
  regionCode: string | null;
  trlScheme: string | null;
  targetTrl: number | null;
  budgetMinWan: number | null;
  budgetMaxWan: number | null;
  budgetNegotiable: boolean;
  periodStart: string | null;
  periodEnd: string | null;
  expiresAt: string | null;
  preferredPartner: string | null;
  /** While set, the need is not matched. */
  matchingPausedAt: Date | null;
  disclosure: Disclosure;
  source: string | null;
  contactName: string | null;
  contactPhone: string | null;
  contactEmail: string | null;
  /** The row as imported, untouched. */
  original: Record<string, unknown> | null;
  version: number;
  submittedAt: Date | null;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}
export const NeedEntity = new EntitySchema<Need>({
  name: 'need',
  columns: {
    id: id(),
    needNo: text({ nullable: true }),
    externalSource: text({ nullable: true }),
    externalNo: text({ nullable: true }),
    organisationId: uuid({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    status: text({ default: 'draft' }),
    requestKind: text({ default: 'technology' }),
    facts: json({ default: () => "'{}'" }),
    missing: texts(),
    title: text({ default: '' }),
    problem: text({ nullable: true }),
    keyTech: text({ nullable: true }),
    expectedGoal: text({ nullable: true }),
    existingBasis: text({ nullable: true }),
    publicSummary: text({ nullable: true }),
    keywords: texts(),
    needKind: text({ nullable: true }),
    solveModes: texts(),
    activityType: text({ nullable: true }),
    fields: texts(),
    industry: text({ nullable: true }),
    regionCode: text({ nullable: true }),
    trlScheme: text({ nullable: true }),
    targetTrl: integer({ nullable: true }),
    budgetMinWan: quantity({ nullable: true }),
    budgetMaxWan: quantity({ nullable: true }),
    budgetNegotiable: bool(),
    periodStart: day({ nullable: true }),
    periodEnd: day({ nullable: true }),
    expiresAt: day({ nullable: true }),
    preferredPartner: text({ nullable: true }),
    matchingPausedAt: time({ nullable: true }),
    disclosure: text({ default: 'public' }),
    source: text({ nullable: true }),
    contactName: text({ nullable: true }),
    contactPhone: text({ nullable: true }),
    contactEmail: text({ nullable: true }),
    original: json({ nullable: true }),
    version: integer({ default: 1 }),
    submittedAt: time({ nullable: true }),
    publishedAt: time({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [
    { name: 'need_no', columns: ['needNo'] },
    { name: 'need_external', columns: ['externalSource', 'externalNo'] },
  ],
  indices: [
    { name: 'need_status', columns: ['status', 'publishedAt'] },
    { name: 'need_organisation', columns: ['organisationId'] },
    { name: 'need_expiry', columns: ['expiresAt'], where: "status = 'published'" },
  ],
  checks: [
    { name: 'need_status_known', expression: oneOf('status', NEED_STATUSES) },
    { name: 'need_request_kind', expression: oneOf('requestKind', REQUEST_KINDS) },
    { name: 'need_disclosure', expression: oneOf('disclosure', DISCLOSURES) },
    { name: 'need_period', expression: 'period_end >= period_start' },
    { name: 'need_budget', expression: 'budget_max_wan >= budget_min_wan' },
  ],
  foreignKeys: [refersTo('organisation', 'organisationId'), refersTo('person', 'createdBy', 'SET NULL')],
});

export const CAPABILITY_STATUSES = [
  'draft',
  'submitted',
  'returned',
  'published',
  'withdrawn',
  'expired',
] as const;
export type CapabilityStatus = (typeof CAPABILITY_STATUSES)[number];

export interface IntellectualProperty {
  kind: string;
  name: string;
  number: string | null;
  status: string | null;
}

/** 科技成果 / 能力. */
export interface Capability {
  id: string;
  capabilityNo: string | null;
  externalSource: string | null;
  externalNo: string | null;
  organisationId: string | null;
  createdBy: string | null;
  status: CapabilityStatus;
  offerKind: OfferKind;
  /** What only capabilities of this kind state. */
  facts: OfferFacts;
  missing: string[];
  title: string;
  abstract: string | null;
  keyTech: string | null;
  market: string | null;
  useState: string | null;
  publicSummary: string | null;
  keywords: string[];
  kind: string | null;
  form: string | null;
  fields: string[];
  regionCode: string | null;
  stage: string | null;
  trlScheme: string | null;
  trl: number | null;
  transferModes: string[];
  priceMinWan: number | null;
  priceMaxWan: number | null;
  priceNegotiable: boolean;
  level: string | null;
  ip: IntellectualProperty[];
  people: string[];
  /** Last day (Asia/Shanghai) on which it is matched; null = no end. */
  expiresAt: string | null;
  /** While set, the capability is not matched. */
  matchingPausedAt: Date | null;
  /** So many mutual pairs may be open at a time; null = no limit. */
  maxOpenMatches: number | null;
  disclosure: Disclosure;
  contactName: string | null;
  contactPhone: string | null;
  contactEmail: string | null;
  original: Record<string, unknown> | null;
  version: number;
  submittedAt: Date | null;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}
export const CapabilityEntity = new EntitySchema<Capability>({
  name: 'capability',
  columns: {
    id: id(),
    capabilityNo: text({ nullable: true }),
    externalSource: text({ nullable: true }),
    externalNo: text({ nullable: true }),
    organisationId: uuid({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    status: text({ default: 'draft' }),
    offerKind: text({ default: 'achievement' }),
    facts: json({ default: () => "'{}'" }),
    missing: texts(),
    title: text({ default: '' }),
    abstract: text({ nullable: true }),
    keyTech: text({ nullable: true }),
    market: text({ nullable: true }),
    useState: text({ nullable: true }),
    publicSummary: text({ nullable: true }),
    keywords: texts(),
    kind: text({ nullable: true }),
    form: text({ nullable: true }),
    fields: texts(),
    regionCode: text({ nullable: true }),
    stage: text({ nullable: true }),
    trlScheme: text({ nullable: true }),
    trl: integer({ nullable: true }),
    transferModes: texts(),
    priceMinWan: quantity({ nullable: true }),
    priceMaxWan: quantity({ nullable: true }),
    priceNegotiable: bool(),
    level: text({ nullable: true }),
    ip: json({ default: () => "'[]'" }),
    people: texts(),
    expiresAt: day({ nullable: true }),
    matchingPausedAt: time({ nullable: true }),
    maxOpenMatches: integer({ nullable: true }),
    disclosure: text({ default: 'public' }),
    contactName: text({ nullable: true }),
    contactPhone: text({ nullable: true }),
    contactEmail: text({ nullable: true }),
    original: json({ nullable: true }),
    version: integer({ default: 1 }),
    submittedAt: time({ nullable: true }),
    publishedAt: time({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [
    { name: 'capability_no', columns: ['capabilityNo'] },
    { name: 'capability_external', columns: ['externalSource', 'externalNo'] },
  ],
  indices: [
    { name: 'capability_status', columns: ['status', 'publishedAt'] },
    { name: 'capability_organisation', columns: ['organisationId'] },
    { name: 'capability_expiry', columns: ['expiresAt'], where: 'expires_at IS NOT NULL' },
    { name: 'capability_paused', columns: ['matchingPausedAt'], where: 'matching_paused_at IS NOT NULL' },
    { name: 'capability_limited', columns: ['maxOpenMatches'], where: 'max_open_matches IS NOT NULL' },
    { name: 'capability_held_back', columns: ['disclosure'], where: "disclosure IN ('closed', 'directed')" },
  ],
  checks: [
    { name: 'capability_status_known', expression: oneOf('status', CAPABILITY_STATUSES) },
    { name: 'capability_offer_kind', expression: oneOf('offerKind', OFFER_KINDS) },
    { name: 'capability_disclosure', expression: oneOf('disclosure', DISCLOSURES) },
    { name: 'capability_price', expression: 'price_max_wan >= price_min_wan' },
    { name: 'capability_max_open_matches', expression: 'max_open_matches >= 1' },
  ],
  foreignKeys: [refersTo('organisation', 'organisationId'), refersTo('person', 'createdBy', 'SET NULL')],
});
