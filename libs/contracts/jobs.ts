import { z } from 'zod';

const rowId = z.object({ id: z.uuid() });
const nothing = z.object({});

/**
 * Every job of the platform. A job is a wake-up call: it carries the id of a row, and the row's state says whether
 * there is anything left to do. The job's id is the row's id, so a row waits in its queue at most once.
 */
export const jobTable = {
  'run-match': { queue: 'matching', payload: rowId },
  'answer-match-question': { queue: 'matching', payload: rowId },
  'train-match-model': { queue: 'matching', payload: rowId },
  'import-batch': { queue: 'matching', payload: rowId },
  'build-timetable': { queue: 'matching', payload: rowId },
  'assign-pairs': { queue: 'matching', payload: rowId },
  'sweep-matching': { queue: 'matching', payload: nothing },
  'embed-texts': { queue: 'embedding', payload: rowId },
  'send-notification': { queue: 'notification', payload: rowId },
  'sweep-notifications': { queue: 'notification', payload: nothing },
  'read-mail': { queue: 'inbound', payload: rowId },
  'sweep-inbound': { queue: 'inbound', payload: nothing },
  'sweep-events': { queue: 'event', payload: nothing },
} as const satisfies Record<string, { queue: string; payload: z.ZodType }>;

/** Jobs whose worker takes every row that is due: one call wakes it for any number of rows. */
export const TAKES_ALL: readonly JobName[] = ['send-notification'];

export type JobName = keyof typeof jobTable;
export type QueueName = (typeof jobTable)[JobName]['queue'];
export type JobPayload<Name extends JobName> = z.infer<(typeof jobTable)[Name]['payload']>;
/** Jobs that stand for a row. */
export type RowJob =
  | 'run-match'
  | 'answer-match-question'
  | 'train-match-model'
  | 'import-batch'
  | 'build-timetable'
  | 'assign-pairs'
  | 'embed-texts'
  | 'send-notification'
  | 'read-mail';
