import { EntitySchema } from 'typeorm';
import { amount, createdAt, day, id, integer, oneOf, refersTo, text, time, uuid } from '../columns.js';

export const DEAL_STAGES = [
  'lead',
  'intent',
  'negotiation',
  'signed',
  'paid',
  'stalled',
  'terminated',
] as const;
export type DealStage = (typeof DEAL_STAGES)[number];

/** What became of a meeting or match. The three amounts are separate facts in yuan: 成交额, 技术交易额, 到款额. */
export interface Deal {
  id: string;
  dealNo: string;
  title: string;
  needId: string | null;
  capabilityId: string | null;
  matchId: string | null;
  meetingId: string | null;
  eventId: string | null;
  enterpriseId: string;
  instituteId: string;
  stage: DealStage;
  contractKind: string | null;
  contractNo: string | null;
  signedOn: string | null;
  contractAmount: string | null;
  technologyAmount: string | null;
  paidAmount: string | null;
  note: string | null;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export const DealEntity = new EntitySchema<Deal>({
  name: 'deal',
  columns: {
    id: id(),
    dealNo: text(),
    title: text(),
    needId: uuid({ nullable: true }),
    capabilityId: uuid({ nullable: true }),
    matchId: uuid({ nullable: true }),
    meetingId: uuid({ nullable: true }),
    eventId: uuid({ nullable: true }),
    enterpriseId: uuid(),
    instituteId: uuid(),
    stage: text({ default: 'lead' }),
    contractKind: text({ nullable: true }),
    contractNo: text({ nullable: true }),
    signedOn: day({ nullable: true }),
    contractAmount: amount({ nullable: true }),
    technologyAmount: amount({ nullable: true }),
    paidAmount: amount({ nullable: true }),
    note: text({ nullable: true }),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  uniques: [{ name: 'deal_no', columns: ['dealNo'] }],
  indices: [
    { name: 'deal_match_once', columns: ['matchId'], unique: true, where: "stage <> 'terminated'" },
    { name: 'deal_stage_signed', columns: ['stage', 'signedOn'] },
    { name: 'deal_enterprise', columns: ['enterpriseId'] },
    { name: 'deal_institute', columns: ['instituteId'] },
    { name: 'deal_need', columns: ['needId'] },
    { name: 'deal_event', columns: ['eventId'] },
  ],
  checks: [
    { name: 'deal_stage_known', expression: oneOf('stage', DEAL_STAGES) },
    {
      name: 'deal_amounts',
      expression:
        'contract_amount >= 0 AND technology_amount >= 0 AND paid_amount >= 0 AND technology_amount <= contract_amount',
    },
    {
      name: 'deal_signed',
      expression:
        "stage NOT IN ('signed', 'paid') OR (signed_on IS NOT NULL AND contract_kind IS NOT NULL AND contract_amount IS NOT NULL AND technology_amount IS NOT NULL)",
    },
    { name: 'deal_paid', expression: "stage <> 'paid' OR paid_amount > 0" },
  ],
  foreignKeys: [
    refersTo('need', 'needId'),
    refersTo('capability', 'capabilityId'),
    refersTo('match', 'matchId', 'SET NULL'),
    refersTo('meeting', 'meetingId', 'SET NULL'),
    refersTo('event', 'eventId'),
    refersTo('organisation', 'enterpriseId'),
    refersTo('organisation', 'instituteId'),
    refersTo('person', 'createdBy', 'SET NULL'),
  ],
});

export interface DealStep {
  id: string;
  dealId: string;
  fromStage: string | null;
  toStage: string;
  note: string | null;
  actorId: string | null;
  at: Date;
}
export const DealStepEntity = new EntitySchema<DealStep>({
  name: 'deal_step',
  columns: {
    id: id(),
    dealId: uuid(),
    fromStage: text({ nullable: true }),
    toStage: text(),
    note: text({ nullable: true }),
    actorId: uuid({ nullable: true }),
    at: createdAt(),
  },
  indices: [{ name: 'deal_step_deal', columns: ['dealId'] }],
  foreignKeys: [refersTo('deal', 'dealId', 'CASCADE'), refersTo('person', 'actorId', 'SET NULL')],
});

/** A file that proves something; the bytes lie outside the web root under a name we chose. */
export interface EvidenceFile {
  id: string;
  dealId: string;
  fileName: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  storageName: string;
  uploadedBy: string | null;
  createdAt: Date;
  removedAt: Date | null;
}
export const EvidenceFileEntity = new EntitySchema<EvidenceFile>({
  name: 'evidence_file',
  columns: {
    id: id(),
    dealId: uuid(),
    fileName: text(),
    mediaType: text(),
    bytes: integer(),
    sha256: text(),
    storageName: text(),
    uploadedBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    removedAt: time({ nullable: true }),
  },
  uniques: [{ name: 'evidence_file_storage', columns: ['storageName'] }],
  indices: [{ name: 'evidence_file_deal', columns: ['dealId'] }],
  checks: [{ name: 'evidence_file_bytes', expression: 'bytes > 0' }],
  foreignKeys: [refersTo('deal', 'dealId', 'CASCADE'), refersTo('person', 'uploadedBy', 'SET NULL')],
});

/** Serial numbers shown to people, one row per (kind, region, year): locked while the next number is taken. */
export interface SerialNumber {
  key: string;
  last: number;
}
export const SerialNumberEntity = new EntitySchema<SerialNumber>({
  name: 'serial_number',
  columns: { key: text({ primary: true }), last: integer({ default: 0 }) },
});
