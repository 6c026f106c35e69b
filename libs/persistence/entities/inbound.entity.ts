import { EntitySchema } from 'typeorm';
import { bool, createdAt, id, integer, json, oneOf, refersTo, text, texts, time, uuid } from '../columns.js';

const INBOUND_SOURCES = ['smtp', 'lmtp', 'imap', 'http'] as const;
const INBOUND_OUTCOMES = [
  'apply',
  'ignore',
  'quarantine',
  'proposal',
  'refresh',
  'bounce',
  'delay',
  'complaint',
  'forward',
] as const;

/**
 * A mail that came in, kept as it came before anybody looks at it, and what was decided about it. `status` failed: it
 * could not be decided, for example because the database went away too often.
 */
export interface InboundMail {
  id: string;
  source: (typeof INBOUND_SOURCES)[number];
  envelopeFrom: string | null;
  recipients: string[];
  /** Who sent it, where the way in vouches for it. */
  authenticatedSender: string | null;
  /** SHA-256 of bytes and recipients, hex: the same delivery is kept once. */
  digest: string;
  raw: Buffer | null;
  size: number;
  receivedAt: Date;
  status: 'received' | 'done' | 'failed';
  attempts: number;
  messageId: string | null;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  outcome: (typeof INBOUND_OUTCOMES)[number] | null;
  reason: string | null;
  /** Further facts of the decision, by outcome. */
  detail: Record<string, unknown>;
  eventId: string | null;
  calendarObjectId: string | null;
  decidedAt: Date | null;
  /** What a person did about a mail that was quarantined. */
  settlement: 'applied' | 'dismissed' | null;
  settledBy: string | null;
  settledAt: Date | null;
}
export const InboundMailEntity = new EntitySchema<InboundMail>({
  name: 'inbound_mail',
  columns: {
    id: id(),
    source: text(),
    envelopeFrom: text({ nullable: true }),
    recipients: texts(),
    authenticatedSender: text({ nullable: true }),
    digest: text(),
    raw: { type: 'bytea', nullable: true },
    size: integer(),
    receivedAt: createdAt(),
    status: text({ default: 'received' }),
    attempts: integer({ default: 0 }),
    messageId: text({ nullable: true }),
    fromAddress: text({ nullable: true }),
    fromName: text({ nullable: true }),
    subject: text({ nullable: true }),
    outcome: text({ nullable: true }),
    reason: text({ nullable: true }),
    detail: json({ default: () => "'{}'" }),
    eventId: uuid({ nullable: true }),
    calendarObjectId: uuid({ nullable: true }),
    decidedAt: time({ nullable: true }),
    settlement: text({ nullable: true }),
    settledBy: uuid({ nullable: true }),
    settledAt: time({ nullable: true }),
  },
  uniques: [{ name: 'inbound_mail_once', columns: ['digest'] }],
  indices: [
    { name: 'inbound_mail_waiting', columns: ['receivedAt'], where: "status = 'received'" },
    { name: 'inbound_mail_by_outcome', columns: ['outcome', 'receivedAt'] },
    { name: 'inbound_mail_event', columns: ['eventId'] },
  ],
  checks: [
    { name: 'inbound_mail_source', expression: oneOf('source', INBOUND_SOURCES) },
    { name: 'inbound_mail_status', expression: oneOf('status', ['received', 'done', 'failed']) },
    { name: 'inbound_mail_outcome', expression: oneOf('outcome', INBOUND_OUTCOMES) },
    { name: 'inbound_mail_settlement', expression: oneOf('settlement', ['applied', 'dismissed']) },
  ],
  foreignKeys: [
    refersTo('event', 'eventId', 'SET NULL'),
    refersTo('calendar_object', 'calendarObjectId', 'SET NULL'),
    refersTo('person', 'settledBy', 'SET NULL'),
  ],
});

const ANSWERS = ['ACCEPTED', 'DECLINED', 'TENTATIVE', 'DELEGATED'] as const;

/**
 * A statement of an attendee, never changed. What counts is, per occurrence, the statement of the highest SEQUENCE and
 * among those the latest by `statedAt`, unless it is older than the object's `askedSequence`.
 */
export interface CalendarAnswer {
  id: string;
  calendarObjectId: string;
  /** Original start of the occurrence; null = the whole event. */
  instance: Date | null;
  answer: (typeof ANSWERS)[number];
  comment: string;
  channel: 'mail' | 'web';
  sequence: number;
  statedAt: Date;
  inboundMailId: string | null;
  createdAt: Date;
}
export const CalendarAnswerEntity = new EntitySchema<CalendarAnswer>({
  name: 'calendar_answer',
  columns: {
    id: id(),
    calendarObjectId: uuid(),
    instance: time({ nullable: true }),
    answer: text(),
    comment: text({ default: '' }),
    channel: text(),
    sequence: integer(),
    statedAt: time(),
    inboundMailId: uuid({ nullable: true }),
    createdAt: createdAt(),
  },
  indices: [{ name: 'calendar_answer_object', columns: ['calendarObjectId', 'statedAt'] }],
  checks: [
    { name: 'calendar_answer_known', expression: oneOf('answer', ANSWERS) },
    { name: 'calendar_answer_channel', expression: oneOf('channel', ['mail', 'web']) },
  ],
  foreignKeys: [
    refersTo('calendar_object', 'calendarObjectId', 'CASCADE'),
    refersTo('inbound_mail', 'inboundMailId', 'SET NULL'),
  ],
});

/** Another time that an attendee asked for (COUNTER); the event stays as it is until an organizer moves it. */
export interface CalendarProposal {
  id: string;
  calendarObjectId: string;
  instance: Date | null;
  startsAt: Date;
  endsAt: Date;
  comment: string;
  sequence: number;
  statedAt: Date;
  status: 'open' | 'accepted' | 'declined';
  inboundMailId: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  createdAt: Date;
}
export const CalendarProposalEntity = new EntitySchema<CalendarProposal>({
  name: 'calendar_proposal',
  columns: {
    id: id(),
    calendarObjectId: uuid(),
    instance: time({ nullable: true }),
    startsAt: time(),
    endsAt: time(),
    comment: text({ default: '' }),
    sequence: integer(),
    statedAt: time(),
    status: text({ default: 'open' }),
    inboundMailId: uuid({ nullable: true }),
    decidedBy: uuid({ nullable: true }),
    decidedAt: time({ nullable: true }),
    createdAt: createdAt(),
  },
  indices: [{ name: 'calendar_proposal_object', columns: ['calendarObjectId'] }],
  checks: [
    { name: 'calendar_proposal_order', expression: 'ends_at > starts_at' },
    { name: 'calendar_proposal_status', expression: oneOf('status', ['open', 'accepted', 'declined']) },
  ],
  foreignKeys: [
    refersTo('calendar_object', 'calendarObjectId', 'CASCADE'),
    refersTo('inbound_mail', 'inboundMailId', 'SET NULL'),
    refersTo('person', 'decidedBy', 'SET NULL'),
  ],
});

const BOUNCE_CLASSES = ['address', 'mailbox-full', 'throttle', 'policy', 'transient', 'unknown'] as const;

/**
 * What the mail system reported about a mail of ours. Only a report with a `notificationId` is known to be about one:
 * anybody can write the others.
 */
export interface DeliveryReportRow {
  id: string;
  inboundMailId: string;
  kind: 'bounce' | 'delay' | 'complaint';
  recipient: string;
  status: string;
  bounceClass: (typeof BOUNCE_CLASSES)[number] | null;
  permanent: boolean;
  diagnostic: string;
  guessed: boolean;
  notificationId: string | null;
  createdAt: Date;
}
export const DeliveryReportEntity = new EntitySchema<DeliveryReportRow>({
  name: 'delivery_report',
  columns: {
    id: id(),
    inboundMailId: uuid(),
    kind: text(),
    recipient: text(),
    status: text({ default: '' }),
    bounceClass: text({ nullable: true }),
    permanent: bool(),
    diagnostic: text({ default: '' }),
    guessed: bool(),
    notificationId: uuid({ nullable: true }),
    createdAt: createdAt(),
  },
  indices: [
    { name: 'delivery_report_recipient', columns: ['recipient', 'createdAt'] },
    { name: 'delivery_report_notification', columns: ['notificationId'] },
  ],
  checks: [
    { name: 'delivery_report_kind', expression: oneOf('kind', ['bounce', 'delay', 'complaint']) },
    { name: 'delivery_report_class', expression: oneOf('bounceClass', BOUNCE_CLASSES) },
  ],
  foreignKeys: [
    refersTo('inbound_mail', 'inboundMailId', 'CASCADE'),
    refersTo('notification', 'notificationId', 'SET NULL'),
  ],
});

/** A person's secret calendar address; its token is derived from the id, so that the row alone opens nothing. */
export interface CalendarFeed {
  id: string;
  personId: string;
  createdAt: Date;
  revokedAt: Date | null;
  lastReadAt: Date | null;
}
export const CalendarFeedEntity = new EntitySchema<CalendarFeed>({
  name: 'calendar_feed',
  columns: {
    id: id(),
    personId: uuid(),
    createdAt: createdAt(),
    revokedAt: time({ nullable: true }),
    lastReadAt: time({ nullable: true }),
  },
  indices: [{ name: 'calendar_feed_person', columns: ['personId'] }],
  foreignKeys: [refersTo('person', 'personId', 'CASCADE')],
});

/** What a feed (its path with its query, or the id of a personal one) was when it was read last, and since when. */
export interface CalendarFeedVersion {
  feed: string;
  /** The personal feed that it is of: they end together. */
  feedId: string | null;
  hash: string;
  changedAt: Date;
}
export const CalendarFeedVersionEntity = new EntitySchema<CalendarFeedVersion>({
  name: 'calendar_feed_version',
  columns: {
    feed: text({ primary: true }),
    feedId: uuid({ nullable: true }),
    hash: text(),
    changedAt: time(),
  },
  indices: [{ name: 'calendar_feed_version_of', columns: ['feedId'], where: 'feed_id IS NOT NULL' }],
  foreignKeys: [refersTo('calendar_feed', 'feedId', 'CASCADE')],
});
