import { z } from 'zod';
import {
  amount,
  code,
  day,
  instant,
  line,
  optionalLine,
  pageOf,
  pageQuery,
  queryList,
  uuid,
} from '../primitives.js';

export const dealStage = z.enum(['lead', 'intent', 'negotiation', 'signed', 'paid', 'stalled', 'terminated']);
export type DealStage = z.infer<typeof dealStage>;

export const dealAction = z.enum([
  'record_intent',
  'negotiate',
  'sign',
  'record_payment',
  'stall',
  'resume',
  'terminate',
]);
export type DealAction = z.infer<typeof dealAction>;

/** A deal starts from a match or from a meeting, exactly one of them. */
export const createDeal = z
  .object({
    matchId: uuid.optional(),
    meetingId: uuid.optional(),
    title: line().optional(),
    note: optionalLine(1000).default(null),
  })
  .refine((body) => (body.matchId === undefined) !== (body.meetingId === undefined), {
    message: 'Give either matchId or meetingId.',
    path: ['matchId'],
  });
export type CreateDeal = z.infer<typeof createDeal>;

const note = optionalLine(1000).default(null);

/** 成交额 and 技术交易额 in yuan; the second is part of the first. */
export const contractFacts = z.object({
  contractKind: code,
  contractNo: optionalLine(100).default(null),
  signedOn: day,
  contractAmount: amount,
  technologyAmount: amount,
});

export const dealTransition = z.discriminatedUnion('action', [
  z.object({ action: z.literal('record_intent'), note }),
  z.object({ action: z.literal('negotiate'), note }),
  z.object({ action: z.literal('sign'), note, ...contractFacts.shape }),
  z.object({ action: z.literal('record_payment'), note, paidAmount: amount }),
  z.object({ action: z.literal('stall'), note: line(1000) }),
  z.object({ action: z.literal('resume'), note }),
  z.object({ action: z.literal('terminate'), note: line(1000) }),
]);
export type DealTransition = z.infer<typeof dealTransition>;

/** What was recorded wrongly, put right; `note` says why. Amounts left out stay as they are. */
export const correctDeal = z.object({
  contractAmount: amount.optional(),
  technologyAmount: amount.optional(),
  paidAmount: amount.optional(),
  note: line(1000),
});
export type CorrectDeal = z.infer<typeof correctDeal>;

const named = z.object({ id: uuid, name: z.string() });
const titled = z.object({ id: uuid, title: z.string() });

export const dealRow = z.object({
  id: uuid,
  dealNo: z.string(),
  title: z.string(),
  stage: dealStage,
  enterprise: named,
  institute: named,
  event: titled.nullable(),
  contractAmount: amount.nullable(),
  technologyAmount: amount.nullable(),
  paidAmount: amount.nullable(),
  signedOn: day.nullable(),
  updatedAt: instant,
});
export type DealRow = z.infer<typeof dealRow>;
export const dealPage = pageOf(dealRow);

export const dealQuery = pageQuery.extend({
  stage: queryList(dealStage),
  programmeId: uuid.optional(),
  needId: uuid.optional(),
});
export type DealQuery = z.infer<typeof dealQuery>;

export const evidenceView = z.object({
  id: uuid,
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  uploadedBy: z.string().nullable(),
  createdAt: instant,
});
export type EvidenceView = z.infer<typeof evidenceView>;

export const dealView = dealRow.extend({
  need: titled.nullable(),
  capability: titled.nullable(),
  meetingId: uuid.nullable(),
  contractKind: z.string().nullable(),
  contractNo: z.string().nullable(),
  note: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: instant,
  /** What the reader may do now. */
  actions: z.array(dealAction),
  /** The reader may correct the amounts. */
  correctable: z.boolean(),
  uploadMaxBytes: z.number().int(),
  steps: z.array(
    z.object({
      from: dealStage.nullable(),
      to: dealStage,
      note: z.string().nullable(),
      by: z.string().nullable(),
      at: instant,
    }),
  ),
  evidence: z.array(evidenceView),
});
export type DealView = z.infer<typeof dealView>;

export const evidenceParams = z.object({ id: uuid, fileId: uuid });
