import { z } from 'zod';
import { instant, uuid } from '../primitives.js';
import { meetingEvent, meetingGuest, meetingStatus, meetingTopic } from './meetings.js';
import { tableFeature } from './table-features.js';

export const timetableStatus = z.enum(['queued', 'computing', 'draft', 'published', 'superseded', 'failed']);

/**
 * How far the computation is. In every stage, one goal after the other, no timetable is better than `lower` and the best
 * found has `upper`; null while nothing is known. Stages: construct, missed-must, shortfall, satisfaction, moved, least,
 * unfair, breaks.
 */
export const timetableProgress = z.object({
  stage: z.string(),
  /** `optimal`: proved to be the best; `gap`: the best found in time; null while it runs. */
  proof: z.enum(['optimal', 'gap']).nullable(),
  placed: z.number().int().nullable(),
  satisfaction: z.number().int().nullable(),
  moved: z.number().int().nullable(),
  breaks: z.number().int().nullable(),
  lower: z.number().int().nullable(),
  upper: z.number().int().nullable(),
  seconds: z.number(),
  /** Why not all meetings fit, the plainest first; names of people where the reason is about them. */
  reasons: z.array(
    z.object({
      kind: z.enum([
        'participant-full',
        'session-full',
        'meeting-impossible',
        'tables-full',
        'conflict',
        'fairness',
        'contradiction',
      ]),
      people: z.array(z.string()),
      session: z.string().nullable(),
      /** Meetings it is about. */
      meetings: z.number().int().nullable(),
      /** Slots they take, and how many there are. */
      slots: z.number().int().nullable(),
      freeSlots: z.number().int().nullable(),
    }),
  ),
});
export type TimetableProgressView = z.infer<typeof timetableProgress>;

/** GET /organizer/timetables/:id: also what the page polls while one is computed. */
export const timetableSummary = z.object({
  id: uuid,
  versionNo: z.number().int(),
  status: timetableStatus,
  placed: z.number().int(),
  unplaced: z.number().int(),
  /** Runs of idle slots between two meetings of one person, summed; null until computed. */
  breaks: z.number().int().nullable(),
  moved: z.number().int().nullable(),
  error: z.string().nullable(),
  createdAt: instant,
  computedAt: instant.nullable(),
  publishedAt: instant.nullable(),
  progress: timetableProgress.nullable(),
});
export type TimetableSummary = z.infer<typeof timetableSummary>;

export const place = z.object({ startsAt: instant, endsAt: instant, tableId: uuid, table: z.string() });
export type Place = z.infer<typeof place>;

/**
 * Why a meeting has no place. `participant-full`: `person` is in `meetings` meetings and has only `freeSlots` slots;
 * `no-common-slot`: the two share no slot; `tables-full`: every table is taken in the slots they share.
 */
export const unplacedWord = z.object({
  reason: z.enum([
    'no-common-slot',
    'participant-full',
    'tables-full',
    'no-thanks',
    'blocked',
    'no-table',
    'participant-maximum',
    'group-maximum',
    'order',
    'not-computed',
  ]),
  person: z.string().nullable(),
  /** Organisation, or kind of organisations, that `group-maximum` is about. */
  group: z.string().nullable(),
  meetings: z.number().int().nullable(),
  freeSlots: z.number().int().nullable(),
});
export type UnplacedWord = z.infer<typeof unplacedWord>;

export const boardMeeting = z.object({
  id: uuid,
  status: meetingStatus,
  locked: z.boolean(),
  enterprise: z.object({ id: uuid, name: z.string(), personId: uuid, person: z.string() }),
  institute: z.object({ id: uuid, name: z.string(), personId: uuid, person: z.string() }),
  guests: z.array(meetingGuest),
  /** Slots it takes. */
  length: z.number().int(),
  features: z.array(tableFeature),
  wish: z.enum(['must', 'like']),
  need: z.string().nullable(),
  capability: z.string().nullable(),
  also: z.array(meetingTopic),
  /** In the timetable shown. */
  place: place.nullable(),
  /** As published last. */
  published: place.nullable(),
  unplaced: unplacedWord.nullable(),
});
export type BoardMeeting = z.infer<typeof boardMeeting>;

export const boardQuery = z.object({ shown: z.enum(['draft', 'published']).optional() });
export type BoardQuery = z.infer<typeof boardQuery>;

/** What undoing a draft would take back. */
export const lastChange = z.object({
  kind: z.enum(['move', 'swap', 'take-out']),
  meetingIds: z.array(uuid),
  at: instant,
  by: z.string().nullable(),
});
export type LastChange = z.infer<typeof lastChange>;

/** GET /organizer/events/:id/timetable: slots × tables with their meetings. */
export const timetableBoard = z.object({
  event: meetingEvent.extend({ startsAt: instant, endsAt: instant }),
  /** `open`: meetings may still be placed in it. */
  slots: z.array(z.object({ startsAt: instant, endsAt: instant, open: z.boolean() })),
  tables: z.array(
    z.object({
      id: uuid,
      label: z.string(),
      room: z.string().nullable(),
      features: z.array(tableFeature),
      homeOrganisationId: uuid.nullable(),
    }),
  ),
  /** Minutes everybody needs from a table to one in another room. */
  roomChangeMinutes: z.number().int(),
  shown: z.enum(['draft', 'published']),
  draft: timetableSummary.nullable(),
  published: timetableSummary.nullable(),
  /** The newest one when it is still computed or has failed. */
  latest: timetableSummary.nullable(),
  /** Newest change of the draft by hand; null = none. */
  lastChange: lastChange.nullable(),
  /** When the people of the meetings can have none. */
  away: z.array(z.object({ personId: uuid, startsAt: instant, endsAt: instant })),
  meetings: z.array(boardMeeting),
});
export type TimetableBoardView = z.infer<typeof timetableBoard>;

/** PATCH /organizer/timetables/:id/placements/:meetingId; null takes the meeting out. */
export const moveBody = z.object({ to: z.object({ startsAt: instant, tableId: uuid }).nullable() });
export type MoveBody = z.infer<typeof moveBody>;
export const swapBody = z.object({ meetingId: uuid, otherId: uuid });
export type SwapBody = z.infer<typeof swapBody>;
export const placementParams = z.object({ id: uuid, meetingId: uuid });

/** GET /organizer/timetables/:id/changes: what publishing would change, against what is published now. */
export const timetableChanges = z.object({
  added: z.number().int(),
  moved: z.number().int(),
  removed: z.number().int(),
  unchanged: z.number().int(),
  /** People whose calendars change. */
  people: z.number().int(),
  rows: z.array(
    z.object({
      meetingId: uuid,
      change: z.enum(['added', 'moved', 'removed']),
      enterprise: z.string(),
      enterprisePerson: z.string(),
      institute: z.string(),
      institutePerson: z.string(),
      before: place.nullable(),
      after: place.nullable(),
    }),
  ),
});
export type TimetableChanges = z.infer<typeof timetableChanges>;

export const publishReport = z.object({
  added: z.number().int(),
  moved: z.number().int(),
  removed: z.number().int(),
  unchanged: z.number().int(),
  /** Invitations written. */
  invitations: z.number().int(),
});
export type PublishReport = z.infer<typeof publishReport>;

/** GET /organizer/events/:id/timetables: every version that was computed, newest first. */
export const timetableVersions = z.object({ rows: z.array(timetableSummary) });
export type TimetableVersions = z.infer<typeof timetableVersions>;

export const compareQuery = z.object({ with: uuid });
export type CompareQuery = z.infer<typeof compareQuery>;

/** GET /organizer/timetables/:id/compare?with=: what is different in this one, and for whom. */
export const timetableComparison = z.object({
  before: timetableSummary,
  after: timetableSummary,
  added: z.number().int(),
  moved: z.number().int(),
  removed: z.number().int(),
  unchanged: z.number().int(),
  rows: timetableChanges.shape.rows,
  /** People with a meeting in either, those whose day differs first. */
  people: z.array(
    z.object({
      personId: uuid,
      person: z.string(),
      organisation: z.string(),
      /** Meetings of theirs that are added, moved or removed. */
      changed: z.number().int(),
      meetingsBefore: z.number().int(),
      meetingsAfter: z.number().int(),
      /** Runs of idle slots between two of their meetings. */
      breaksBefore: z.number().int(),
      breaksAfter: z.number().int(),
    }),
  ),
});
export type TimetableComparison = z.infer<typeof timetableComparison>;
