import { EntitySchema } from 'typeorm';
import { DEFAULT_PREFERENCES } from '#libs/domain/notifications/preferences.js';
import { bool, createdAt, id, integer, json, oneOf, refersTo, text, texts, time, uuid } from '../columns.js';

export const ROBOT_KINDS = ['wecom-robot', 'dingtalk-robot', 'feishu-robot'] as const;

/** A robot of a chat group. Without an organisation it is the platform's and tells of events. */
export interface ChannelEndpoint {
  id: string;
  organisationId: string | null;
  kind: (typeof ROBOT_KINDS)[number];
  name: string;
  /** Key or token of the robot's address, sealed. */
  address: string;
  /** Signing secret, sealed; null for robots without one. */
  secret: string | null;
  topics: string[];
  locale: 'zh-CN' | 'en';
  enabled: boolean;
  /** Why the platform switched it off. */
  fault: string | null;
  createdBy: string | null;
  createdAt: Date;
}
export const ChannelEndpointEntity = new EntitySchema<ChannelEndpoint>({
  name: 'channel_endpoint',
  columns: {
    id: id(),
    organisationId: uuid({ nullable: true }),
    kind: text(),
    name: text(),
    address: text(),
    secret: text({ nullable: true }),
    topics: texts(),
    locale: text({ default: 'zh-CN' }),
    enabled: bool(),
    fault: text({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
  },
  indices: [{ name: 'channel_endpoint_organisation', columns: ['organisationId'] }],
  checks: [
    { name: 'channel_endpoint_kind', expression: oneOf('kind', ROBOT_KINDS) },
    { name: 'channel_endpoint_locale', expression: oneOf('locale', ['zh-CN', 'en']) },
  ],
  foreignKeys: [
    refersTo('organisation', 'organisationId', 'CASCADE'),
    refersTo('person', 'createdBy', 'SET NULL'),
  ],
});

/** What a person wants to hear, where and when; times are minutes of the day in Asia/Shanghai. */
export interface NotificationPreference {
  personId: string;
  /** `{group: {channel: 'now' | 'digest' | 'off'}}`; what is not there is as by default. */
  choices: Record<string, Record<string, string>>;
  quietHours: boolean;
  quietFrom: number;
  quietUntil: number;
  digestAt: number;
  wecomUserId: string | null;
  updatedAt: Date;
}
export const NotificationPreferenceEntity = new EntitySchema<NotificationPreference>({
  name: 'notification_preference',
  columns: {
    personId: uuid({ primary: true }),
    choices: json({ default: () => "'{}'" }),
    quietHours: bool({ default: true }),
    quietFrom: integer({ default: DEFAULT_PREFERENCES.quietFrom }),
    quietUntil: integer({ default: DEFAULT_PREFERENCES.quietUntil }),
    digestAt: integer({ default: DEFAULT_PREFERENCES.digestAt }),
    wecomUserId: text({ nullable: true }),
    updatedAt: createdAt(),
  },
  checks: [
    {
      name: 'notification_preference_times',
      expression:
        'quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439 AND digest_at BETWEEN 0 AND 1439',
    },
  ],
  foreignKeys: [refersTo('person', 'personId', 'CASCADE')],
});

/** `minutes` after start or end of an event (negative: before) its confirmed people are reminded. */
export interface ReminderRule {
  id: string;
  eventId: string;
  anchor: 'start' | 'end';
  minutes: number;
  note: string | null;
  createdBy: string | null;
  doneAt: Date | null;
  createdAt: Date;
}
export const ReminderRuleEntity = new EntitySchema<ReminderRule>({
  name: 'reminder_rule',
  columns: {
    id: id(),
    eventId: uuid(),
    anchor: text(),
    minutes: integer(),
    note: text({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    doneAt: time({ nullable: true }),
    createdAt: createdAt(),
  },
  uniques: [{ name: 'reminder_rule_once', columns: ['eventId', 'anchor', 'minutes'] }],
  checks: [
    { name: 'reminder_rule_anchor', expression: oneOf('anchor', ['start', 'end']) },
    { name: 'reminder_rule_minutes', expression: 'minutes BETWEEN -43200 AND 43200' },
  ],
  foreignKeys: [refersTo('event', 'eventId', 'CASCADE'), refersTo('person', 'createdBy', 'SET NULL')],
});

/** Subject and opening words of a topic's mails about events of a programme, instead of the platform's. */
export interface MailTemplate {
  id: string;
  programmeId: string;
  topic: string;
  locale: 'zh-CN' | 'en';
  subject: string;
  body: string;
  updatedBy: string | null;
  updatedAt: Date;
}
export const MailTemplateEntity = new EntitySchema<MailTemplate>({
  name: 'mail_template',
  columns: {
    id: id(),
    programmeId: uuid(),
    topic: text(),
    locale: text(),
    subject: text(),
    body: text(),
    updatedBy: uuid({ nullable: true }),
    updatedAt: createdAt(),
  },
  uniques: [{ name: 'mail_template_once', columns: ['programmeId', 'topic', 'locale'] }],
  checks: [{ name: 'mail_template_locale', expression: oneOf('locale', ['zh-CN', 'en']) }],
  foreignKeys: [refersTo('programme', 'programmeId', 'CASCADE'), refersTo('person', 'updatedBy', 'SET NULL')],
});

/** The template that the SMS provider approved for a topic; `variables` in the order in which it takes them. */
export interface SmsTemplate {
  topic: string;
  locale: 'zh-CN' | 'en';
  signName: string;
  templateId: string;
  variables: string[];
  updatedAt: Date;
}
export const SmsTemplateEntity = new EntitySchema<SmsTemplate>({
  name: 'sms_template',
  columns: {
    topic: text({ primary: true }),
    locale: text({ primary: true }),
    signName: text(),
    templateId: text(),
    variables: texts(),
    updatedAt: createdAt(),
  },
  checks: [{ name: 'sms_template_locale', expression: oneOf('locale', ['zh-CN', 'en']) }],
});

/** When the next message to a mail provider (`mail:`) or through a robot (`robot:`) may leave, for all processes. */
export interface SendPace {
  key: string;
  nextAt: Date;
  /** A provider that said we are too fast is left alone until then. */
  pausedUntil: Date | null;
}
export const SendPaceEntity = new EntitySchema<SendPace>({
  name: 'send_pace',
  columns: {
    key: text({ primary: true }),
    nextAt: time(),
    pausedUntil: time({ nullable: true }),
  },
});
