import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, json, oneOf, refersTo, text, texts, time, uuid } from '../columns.js';

export const PLATFORM_ROLES = ['organizer', 'administrator', 'broker', 'service_officer'] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

export interface Person {
  id: string;
  /** Lower case; unique. */
  email: string;
  name: string;
  phone: string | null;
  passwordHash: string | null;
  locale: 'zh-CN' | 'en';
  platformRoles: PlatformRole[];
  emailVerifiedAt: Date | null;
  disabledAt: Date | null;
  createdAt: Date;
}
export const PersonEntity = new EntitySchema<Person>({
  name: 'person',
  columns: {
    id: id(),
    email: text(),
    name: text(),
    phone: text({ nullable: true }),
    passwordHash: text({ nullable: true }),
    locale: text({ default: 'zh-CN' }),
    platformRoles: texts(),
    emailVerifiedAt: time({ nullable: true }),
    disabledAt: time({ nullable: true }),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'person_email', columns: ['email'] }],
  checks: [
    { name: 'person_email_lower', expression: 'email = lower(email)' },
    { name: 'person_locale', expression: oneOf('locale', ['zh-CN', 'en']) },
  ],
});

export interface Session {
  id: string;
  personId: string;
  /** SHA-256 of the cookie's token, hex; the token itself is never stored. */
  tokenHash: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}
export const SessionEntity = new EntitySchema<Session>({
  name: 'session',
  columns: {
    id: id(),
    personId: uuid(),
    tokenHash: text(),
    userAgent: text({ nullable: true }),
    ip: text({ nullable: true }),
    createdAt: createdAt(),
    lastSeenAt: time({ default: () => 'now()' }),
    expiresAt: time(),
    revokedAt: time({ nullable: true }),
  },
  uniques: [{ name: 'session_token', columns: ['tokenHash'] }],
  indices: [{ name: 'session_person', columns: ['personId'] }],
  foreignKeys: [refersTo('person', 'personId', 'CASCADE')],
});

export const ONE_TIME_TOKEN_KINDS = [
  'verify_email',
  'reset_password',
  'join_organisation',
  'first_administrator',
] as const;
export interface OneTimeToken {
  id: string;
  kind: (typeof ONE_TIME_TOKEN_KINDS)[number];
  tokenHash: string;
  email: string | null;
  personId: string | null;
  organisationId: string | null;
  payload: Record<string, unknown>;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}
export const OneTimeTokenEntity = new EntitySchema<OneTimeToken>({
  name: 'one_time_token',
  columns: {
    id: id(),
    kind: text(),
    tokenHash: text(),
    email: text({ nullable: true }),
    personId: uuid({ nullable: true }),
    organisationId: uuid({ nullable: true }),
    payload: json({ default: () => "'{}'" }),
    createdAt: createdAt(),
    expiresAt: time(),
    usedAt: time({ nullable: true }),
  },
  uniques: [{ name: 'one_time_token_hash', columns: ['tokenHash'] }],
  checks: [{ name: 'one_time_token_kind', expression: oneOf('kind', ONE_TIME_TOKEN_KINDS) }],
  foreignKeys: [
    refersTo('person', 'personId', 'CASCADE'),
    refersTo('organisation', 'organisationId', 'CASCADE'),
  ],
});

/** Fixed-window counter behind the rate limits of sign-in, sign-up and token mails; shared by all processes. */
export interface AttemptCounter {
  key: string;
  windowStart: Date;
  attempts: number;
}
export const AttemptCounterEntity = new EntitySchema<AttemptCounter>({
  name: 'attempt_counter',
  columns: {
    key: text({ primary: true }),
    windowStart: time(),
    attempts: integer({ default: 0 }),
  },
});

export const ORGANISATION_STATUSES = ['pending', 'verified', 'rejected'] as const;
export interface Organisation {
  id: string;
  name: string;
  shortName: string | null;
  nameEn: string | null;
  /** Code of list organisation-kind. */
  kind: string;
  /** 统一社会信用代码, GB 32100-2015; null until known. */
  uscc: string | null;
  regionCode: string | null;
  industry: string | null;
  address: string | null;
  intro: string | null;
  website: string | null;
  legalRep: string | null;
  /** Codes of list enterprise-status. */
  enterpriseStatus: string[];
  /** The organisation it belongs to (group, university); organisations under one root are never matched. */
  parentId: string | null;
  /** So many mutual pairs may be open at a time over all its capabilities; null = no limit. */
  maxOpenMatches: number | null;
  /** Sealed: leaves only with a grant. */
  contactName: string | null;
  contactPhone: string | null;
  contactEmail: string | null;
  status: (typeof ORGANISATION_STATUSES)[number];
  statusNote: string | null;
  verifiedBy: string | null;
  verifiedAt: Date | null;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export const OrganisationEntity = new EntitySchema<Organisation>({
  name: 'organisation',
  columns: {
    id: id(),
    name: text(),
    shortName: text({ nullable: true }),
    nameEn: text({ nullable: true }),
    kind: text(),
    uscc: text({ nullable: true }),
    regionCode: text({ nullable: true }),
    industry: text({ nullable: true }),
    address: text({ nullable: true }),
    intro: text({ nullable: true }),
    website: text({ nullable: true }),
    legalRep: text({ nullable: true }),
    enterpriseStatus: texts(),
    parentId: uuid({ nullable: true }),
    maxOpenMatches: integer({ nullable: true }),
    contactName: text({ nullable: true }),
    contactPhone: text({ nullable: true }),
    contactEmail: text({ nullable: true }),
    status: text({ default: 'pending' }),
    statusNote: text({ nullable: true }),
    verifiedBy: uuid({ nullable: true }),
    verifiedAt: time({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [{ name: 'organisation_uscc', columns: ['uscc'] }],
  indices: [
    { name: 'organisation_status', columns: ['status'] },
    { name: 'organisation_name', columns: ['name'] },
    { name: 'organisation_parent_of', columns: ['parentId'], where: 'parent_id IS NOT NULL' },
  ],
  checks: [
    { name: 'organisation_status_known', expression: oneOf('status', ORGANISATION_STATUSES) },
    { name: 'organisation_uscc_form', expression: "uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'" },
    { name: 'organisation_parent', expression: 'parent_id <> id' },
    { name: 'organisation_max_open_matches', expression: 'max_open_matches >= 1' },
  ],
  foreignKeys: [
    refersTo('person', 'verifiedBy', 'SET NULL'),
    refersTo('person', 'createdBy', 'SET NULL'),
    refersTo('organisation', 'parentId', 'SET NULL'),
  ],
});

export const MEMBERSHIP_ROLES = ['owner', 'member'] as const;
export interface Membership {
  id: string;
  organisationId: string;
  personId: string;
  role: (typeof MEMBERSHIP_ROLES)[number];
  title: string | null;
  createdAt: Date;
}
export const MembershipEntity = new EntitySchema<Membership>({
  name: 'membership',
  columns: {
    id: id(),
    organisationId: uuid(),
    personId: uuid(),
    role: text({ default: 'member' }),
    title: text({ nullable: true }),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'membership_once', columns: ['organisationId', 'personId'] }],
  indices: [{ name: 'membership_person', columns: ['personId'] }],
  checks: [{ name: 'membership_role', expression: oneOf('role', MEMBERSHIP_ROLES) }],
  foreignKeys: [
    refersTo('organisation', 'organisationId', 'CASCADE'),
    refersTo('person', 'personId', 'CASCADE'),
  ],
});

/** Permission to see the sealed fields of one record, given to a person; ended by `revokedAt`. */
export interface Grant {
  id: string;
  subjectKind: 'need' | 'capability' | 'organisation';
  subjectId: string;
  personId: string | null;
  organisationId: string | null;
  reason: string;
  matchId: string | null;
  grantedBy: string | null;
  createdAt: Date;
  revokedAt: Date | null;
}
export const GrantEntity = new EntitySchema<Grant>({
  name: 'sealed_grant',
  columns: {
    id: id(),
    subjectKind: text(),
    subjectId: uuid(),
    personId: uuid({ nullable: true }),
    organisationId: uuid({ nullable: true }),
    reason: text(),
    matchId: uuid({ nullable: true }),
    grantedBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    revokedAt: time({ nullable: true }),
  },
  indices: [{ name: 'sealed_grant_subject', columns: ['subjectKind', 'subjectId'] }],
  checks: [
    { name: 'sealed_grant_kind', expression: oneOf('subjectKind', ['need', 'capability', 'organisation']) },
    { name: 'sealed_grant_to', expression: '(person_id IS NULL) <> (organisation_id IS NULL)' },
  ],
  foreignKeys: [
    refersTo('person', 'personId', 'CASCADE'),
    refersTo('organisation', 'organisationId', 'CASCADE'),
  ],
});

/** Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. `actorId` null = the platform itself. */
export interface AuditEntry {
  id: string;
  at: Date;
  actorId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string | null;
  detail: Record<string, unknown>;
}
export const AuditEntryEntity = new EntitySchema<AuditEntry>({
  name: 'audit_entry',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    at: time({ default: () => 'clock_timestamp()' }),
    actorId: uuid({ nullable: true }),
    action: text(),
    subjectKind: text(),
    subjectId: text({ nullable: true }),
    detail: json({ default: () => "'{}'" }),
  },
  indices: [
    { name: 'audit_entry_subject', columns: ['subjectKind', 'subjectId'] },
    { name: 'audit_entry_at', columns: ['at'] },
  ],
});
