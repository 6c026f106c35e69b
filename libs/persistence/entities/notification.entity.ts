import { EntitySchema } from 'typeorm';
import { bool, createdAt, id, integer, json, oneOf, refersTo, text, time, uuid } from '../columns.js';

/**
 * What an attendee's calendar should hold: one row per (UID, attendee). `sequence` and `fingerprint` say what was sent
 * last; the next change is compared with them.
 */
export interface CalendarObject {
  id: string;
  uid: string;
  personId: string;
  kind: 'event' | 'meeting';
  eventId: string;
  meetingId: string | null;
  sequence: number;
  state: 'active' | 'cancelled';
  /** Semantic hash of the last written invitation. */
  fingerprint: string | null;
  /** The invitation as last written (dates as ISO strings), so that a CANCEL repeats it. */
  snapshot: Record<string, unknown> | null;
  /** Message-ID of the first mail: later ones refer to it. */
  threadId: string | null;
  /** Secret of the address that this attendee's answers go to; the same for the object's whole life. */
  replyKey: string;
  /** SEQUENCE since which answers count: a change of time asks everybody again. */
  askedSequence: number;
  /** When the invitation was last sent again because the attendee's calendar asked for it (REFRESH). */
  refreshedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}
export const CalendarObjectEntity = new EntitySchema<CalendarObject>({
  name: 'calendar_object',
  columns: {
    id: id(),
    uid: text(),
    personId: uuid(),
    kind: text(),
    eventId: uuid(),
    meetingId: uuid({ nullable: true }),
    sequence: integer({ default: 0 }),
    state: text({ default: 'active' }),
    fingerprint: text({ nullable: true }),
    snapshot: json({ nullable: true }),
    threadId: text({ nullable: true }),
    replyKey: uuid({ default: () => 'uuidv4()' }),
    askedSequence: integer({ default: 0 }),
    refreshedAt: time({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [
    { name: 'calendar_object_once', columns: ['uid', 'personId'] },
    { name: 'calendar_object_reply_key', columns: ['replyKey'] },
  ],
  indices: [
    { name: 'calendar_object_event', columns: ['eventId'] },
    { name: 'calendar_object_person', columns: ['personId'] },
    { name: 'calendar_object_of_meeting', columns: ['meetingId'], where: 'meeting_id IS NOT NULL' },
  ],
  checks: [
    { name: 'calendar_object_kind', expression: oneOf('kind', ['event', 'meeting']) },
    { name: 'calendar_object_state', expression: oneOf('state', ['active', 'cancelled']) },
    { name: 'calendar_object_meeting', expression: "(kind = 'meeting') = (meeting_id IS NOT NULL)" },
  ],
  foreignKeys: [
    refersTo('person', 'personId', 'CASCADE'),
    refersTo('event', 'eventId', 'CASCADE'),
    refersTo('meeting', 'meetingId', 'CASCADE'),
  ],
});

export const NOTIFICATION_CHANNELS = [
  'mail',
  'sms',
  'wecom-app',
  'wecom-robot',
  'dingtalk-robot',
  'feishu-robot',
] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

export const NOTIFICATION_STATUSES = ['queued', 'sent', 'failed', 'cancelled'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/**
 * One message to one recipient on one channel. Written in the transaction that causes it; the notification service
 * renders and sends it. `dedupeKey` is unique: the same cause can never be written twice. `streamKey` orders messages:
 * within a stream a row is sent only after all earlier rows (by id) are sent, failed or cancelled.
 */
export interface Notification {
  id: string;
  dedupeKey: string;
  streamKey: string;
  topic: string;
  channel: NotificationChannel;
  personId: string | null;
  toAddress: string;
  toName: string | null;
  locale: 'zh-CN' | 'en';
  /** Variables of the topic's template. */
  payload: Record<string, unknown>;
  calendarObjectId: string | null;
  method: 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER' | null;
  sequence: number | null;
  /** Invitation to serialise (dates as ISO strings); null for plain mails. */
  invitation: Record<string, unknown> | null;
  eventId: string | null;
  /** The organisation it is about, where whoever wrote it said so: its robots and webhooks hear of it. */
  organisationId: string | null;
  status: NotificationStatus;
  attempts: number;
  nextAttemptAt: Date;
  /** Time that the pace of its provider gave to the message; null when none was asked for. */
  slotAt: Date | null;
  lastError: string | null;
  messageId: string;
  /** Robot that says it; null for people, and when the robot was removed. */
  endpointId: string | null;
  /** May be put together with later rows of its stream: digests, and robots that may not speak often. */
  merges: boolean;
  /** Seen by its person in the web application too; of mails only. */
  inApp: boolean;
  /** When its person saw it there. */
  readAt: Date | null;
  createdAt: Date;
  sentAt: Date | null;
}
export const NotificationEntity = new EntitySchema<Notification>({
  name: 'notification',
  columns: {
    id: id(),
    dedupeKey: text(),
    streamKey: text(),
    topic: text(),
    channel: text({ default: 'mail' }),
    personId: uuid({ nullable: true }),
    toAddress: text(),
    toName: text({ nullable: true }),
    locale: text({ default: 'zh-CN' }),
    payload: json({ default: () => "'{}'" }),
    calendarObjectId: uuid({ nullable: true }),
    method: text({ nullable: true }),
    sequence: integer({ nullable: true }),
    invitation: json({ nullable: true }),
    eventId: uuid({ nullable: true }),
    organisationId: uuid({ nullable: true }),
    status: text({ default: 'queued' }),
    attempts: integer({ default: 0 }),
    nextAttemptAt: time({ default: () => 'now()' }),
    slotAt: time({ nullable: true }),
    lastError: text({ nullable: true }),
    messageId: text(),
    endpointId: uuid({ nullable: true }),
    merges: bool(),
    inApp: bool(),
    readAt: time({ nullable: true }),
    createdAt: createdAt(),
    sentAt: time({ nullable: true }),
  },
  uniques: [
    { name: 'notification_once', columns: ['dedupeKey'] },
    { name: 'notification_message_id', columns: ['messageId'] },
  ],
  indices: [
    { name: 'notification_failed', columns: ['nextAttemptAt'], where: "status = 'failed'" },
    {
      name: 'notification_waiting',
      columns: ['nextAttemptAt', 'id'],
      where: "status = 'queued'",
    },
    {
      name: 'notification_stream_waiting',
      columns: ['streamKey', 'id'],
      where: "status = 'queued'",
    },
    { name: 'notification_event', columns: ['eventId'] },
    { name: 'notification_person', columns: ['personId', 'id'] },
    {
      name: 'notification_said',
      columns: ['endpointId', 'eventId', 'id'],
      where: 'endpoint_id IS NOT NULL',
    },
  ],
  checks: [
    { name: 'notification_status_known', expression: oneOf('status', NOTIFICATION_STATUSES) },
    { name: 'notification_channel', expression: oneOf('channel', NOTIFICATION_CHANNELS) },
    { name: 'notification_method', expression: oneOf('method', ['REQUEST', 'CANCEL', 'DECLINECOUNTER']) },
    { name: 'notification_calendar', expression: '(method IS NULL) = (invitation IS NULL)' },
  ],
  foreignKeys: [
    refersTo('person', 'personId', 'SET NULL'),
    refersTo('event', 'eventId', 'SET NULL'),
    refersTo('organisation', 'organisationId', 'SET NULL'),
    refersTo('calendar_object', 'calendarObjectId', 'SET NULL'),
    refersTo('channel_endpoint', 'endpointId', 'SET NULL'),
  ],
});

/**
 * Mails that were not yet brought to the other places where they are heard; nothing of them leaves before. No foreign
 * key: written with its mail, gone within seconds, and of a mail that is gone there is nothing to bring.
 */
export interface NotificationUnspread {
  notificationId: string;
}
export const NotificationUnspreadEntity = new EntitySchema<NotificationUnspread>({
  name: 'notification_unspread',
  columns: { notificationId: uuid({ primary: true }) },
});

/**
 * The guests of an event who were not yet told what holds now: everybody after `afterId`, among the guests of the event
 * (persons) or of its meetings (meetings), in the order of their ids. Guests are told what holds when it is their turn.
 */
export interface InvitationBacklog {
  eventId: string;
  stage: 'event' | 'meetings';
  afterId: string | null;
  dueAt: Date;
}
export const InvitationBacklogEntity = new EntitySchema<InvitationBacklog>({
  name: 'invitation_backlog',
  columns: {
    eventId: uuid({ primary: true }),
    stage: text(),
    afterId: uuid({ nullable: true }),
    dueAt: time(),
  },
  checks: [{ name: 'invitation_backlog_stage', expression: oneOf('stage', ['event', 'meetings']) }],
  foreignKeys: [refersTo('event', 'eventId', 'CASCADE')],
});

/** One try to deliver; the delivery log. */
export interface DeliveryAttempt {
  notificationId: string;
  attemptNo: number;
  startedAt: Date;
  finishedAt: Date | null;
  /** Process that makes the try, and until when it is believed to: meanwhile nobody else tries. */
  heldBy: string | null;
  heldUntil: Date | null;
  /** null while running; a row left null by a crash means "unknown". */
  outcome: 'accepted' | 'deferred' | 'refused' | null;
  response: string | null;
}
export const DeliveryAttemptEntity = new EntitySchema<DeliveryAttempt>({
  name: 'delivery_attempt',
  columns: {
    notificationId: uuid({ primary: true }),
    attemptNo: integer({ primary: true }),
    startedAt: createdAt(),
    finishedAt: time({ nullable: true }),
    heldBy: text({ nullable: true }),
    heldUntil: time({ nullable: true }),
    outcome: text({ nullable: true }),
    response: text({ nullable: true }),
  },
  checks: [
    { name: 'delivery_attempt_outcome', expression: oneOf('outcome', ['accepted', 'deferred', 'refused']) },
  ],
  foreignKeys: [refersTo('notification', 'notificationId', 'CASCADE')],
});

/** Where mails go when no SMTP server is configured: the raw bytes a server would have got. */
export interface MailboxMessage {
  id: string;
  notificationId: string;
  toAddress: string;
  subject: string;
  raw: Buffer;
  receivedAt: Date;
}
export const MailboxMessageEntity = new EntitySchema<MailboxMessage>({
  name: 'mailbox_message',
  columns: {
    id: id(),
    notificationId: uuid(),
    toAddress: text(),
    subject: text(),
    raw: { type: 'bytea' },
    receivedAt: createdAt(),
  },
  uniques: [{ name: 'mailbox_message_once', columns: ['notificationId'] }],
  indices: [{ name: 'mailbox_message_to', columns: ['toAddress', 'receivedAt'] }],
  foreignKeys: [refersTo('notification', 'notificationId', 'CASCADE')],
});
