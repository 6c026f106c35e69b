import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, json, oneOf, quantity, refersTo, text, time, uuid } from '../columns.js';

/** What organizers want of who meets whom at an event; without a row the defaults hold. */
export interface AssignmentSetting {
  eventId: string;
  /** Meetings one person has at most; null = as many as there are slots. */
  maxMeetings: number | null;
  /** Everybody who can gets as many. */
  floor: number;
  /** Pairs with a lower score are proposed only with an interest. */
  minScore: number;
  /** Points for a score of 1, for interest of one side and of both. */
  scoreWeight: number;
  oneSidedWeight: number;
  mutualWeight: number;
}
export const AssignmentSettingEntity = new EntitySchema<AssignmentSetting>({
  name: 'assignment_setting',
  columns: {
    eventId: uuid({ primary: true }),
    maxMeetings: integer({ nullable: true }),
    floor: integer(),
    minScore: quantity(),
    scoreWeight: integer(),
    oneSidedWeight: integer(),
    mutualWeight: integer(),
  },
  checks: [
    { name: 'assignment_setting_most', expression: 'max_meetings BETWEEN 1 AND 99' },
    { name: 'assignment_setting_floor', expression: 'floor BETWEEN 0 AND 99' },
    { name: 'assignment_setting_score', expression: 'min_score BETWEEN 0 AND 1' },
    {
      name: 'assignment_setting_weights',
      expression: 'least(score_weight, one_sided_weight, mutual_weight) >= 0',
    },
  ],
  foreignKeys: [refersTo('event', 'eventId', 'CASCADE')],
});

export const ASSIGNMENT_STATUSES = ['queued', 'computing', 'ready', 'failed'] as const;

/** A proposal of who should meet whom at an event; its pairs become meetings when organizers accept them. */
export interface Assignment {
  id: string;
  eventId: string;
  status: (typeof ASSIGNMENT_STATUSES)[number];
  /** What is being done while it is computed. */
  stage: string | null;
  /** The settings it was asked for with. */
  settings: Record<string, unknown>;
  /** Figures of the result; null before. */
  figures: Record<string, unknown> | null;
  /** People who fall short of the floor. */
  short: unknown[];
  /** Organisations and kinds of these that fall short of their minimum. */
  shortGroups: unknown[];
  error: string | null;
  createdBy: string | null;
  createdAt: Date;
  computedAt: Date | null;
}
export const AssignmentEntity = new EntitySchema<Assignment>({
  name: 'assignment',
  columns: {
    id: id(),
    eventId: uuid(),
    status: text({ default: 'queued' }),
    stage: text({ nullable: true }),
    settings: json(),
    figures: json({ nullable: true }),
    short: json({ default: () => "'[]'" }),
    shortGroups: json({ default: () => "'[]'" }),
    error: text({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    computedAt: time({ nullable: true }),
  },
  indices: [
    { name: 'assignment_event', columns: ['eventId', 'createdAt'] },
    {
      name: 'assignment_running_once',
      columns: ['eventId'],
      unique: true,
      where: "status IN ('queued', 'computing')",
    },
  ],
  checks: [{ name: 'assignment_status', expression: oneOf('status', ASSIGNMENT_STATUSES) }],
  foreignKeys: [refersTo('event', 'eventId', 'CASCADE'), refersTo('person', 'createdBy', 'SET NULL')],
});

export const PAIR_INTERESTS = ['none', 'left', 'right', 'both'] as const;

/** Two people at an event who could meet, with why they should or should not. */
export interface AssignmentPairRow {
  id: string;
  assignmentId: string;
  enterpriseId: string;
  instituteId: string;
  enterprisePersonId: string;
  institutePersonId: string;
  matchId: string | null;
  needId: string | null;
  capabilityId: string | null;
  score: number;
  /** `left`: the enterprise side. */
  interest: (typeof PAIR_INTERESTS)[number];
  wish: string;
  worth: number;
  /** `chosen`, or why not. */
  reason: string;
  /** Codes, and pairs chosen in its place. */
  detail: Record<string, unknown>;
  acceptedAt: Date | null;
  /** The meeting that was written; null when it was removed since. */
  meetingId: string | null;
}
export const AssignmentPairEntity = new EntitySchema<AssignmentPairRow>({
  name: 'assignment_pair',
  columns: {
    id: id(),
    assignmentId: uuid(),
    enterpriseId: uuid(),
    instituteId: uuid(),
    enterprisePersonId: uuid(),
    institutePersonId: uuid(),
    matchId: uuid({ nullable: true }),
    needId: uuid({ nullable: true }),
    capabilityId: uuid({ nullable: true }),
    score: quantity(),
    interest: text(),
    wish: text(),
    worth: integer(),
    reason: text(),
    detail: json({ default: () => "'{}'" }),
    acceptedAt: time({ nullable: true }),
    meetingId: uuid({ nullable: true }),
  },
  uniques: [
    { name: 'assignment_pair_once', columns: ['assignmentId', 'enterprisePersonId', 'institutePersonId'] },
  ],
  indices: [{ name: 'assignment_pair_meeting', columns: ['meetingId'], where: 'meeting_id IS NOT NULL' }],
  checks: [{ name: 'assignment_pair_interest', expression: oneOf('interest', PAIR_INTERESTS) }],
  foreignKeys: [
    refersTo('assignment', 'assignmentId', 'CASCADE'),
    refersTo('organisation', 'enterpriseId', 'CASCADE'),
    refersTo('organisation', 'instituteId', 'CASCADE'),
    refersTo('person', 'enterprisePersonId', 'CASCADE'),
    refersTo('person', 'institutePersonId', 'CASCADE'),
    refersTo('match', 'matchId', 'SET NULL'),
    refersTo('need', 'needId', 'SET NULL'),
    refersTo('capability', 'capabilityId', 'SET NULL'),
    refersTo('meeting', 'meetingId', 'SET NULL'),
  ],
});
