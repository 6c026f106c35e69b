import { EntitySchema } from 'typeorm';
import { createdAt, id, json, oneOf, refersTo, text, time, uuid } from '../columns.js';

export const BOARD_CHANGE_KINDS = ['move', 'swap', 'take-out'] as const;

/** Where a meeting stood; times in epoch milliseconds. */
export interface ChangedPlace {
  meetingId: string;
  tableId: string;
  start: number;
  end: number;
}

/** One change of a draft by hand: what it takes to take it back. */
export interface BoardChange {
  id: string;
  timetableId: string;
  kind: (typeof BOARD_CHANGE_KINDS)[number];
  meetingIds: string[];
  /** Those of the meetings that had a place. */
  before: ChangedPlace[];
  after: ChangedPlace[];
  createdBy: string | null;
  createdAt: Date;
  undoneAt: Date | null;
}
export const BoardChangeEntity = new EntitySchema<BoardChange>({
  name: 'board_change',
  columns: {
    id: id(),
    timetableId: uuid(),
    kind: text(),
    meetingIds: uuid({ array: true }),
    before: json(),
    after: json(),
    createdBy: uuid({ nullable: true }),
    createdAt: createdAt(),
    undoneAt: time({ nullable: true }),
  },
  indices: [{ name: 'board_change_last', columns: ['timetableId', 'id'], where: 'undone_at IS NULL' }],
  checks: [{ name: 'board_change_kind', expression: oneOf('kind', BOARD_CHANGE_KINDS) }],
  foreignKeys: [refersTo('timetable', 'timetableId', 'CASCADE'), refersTo('person', 'createdBy', 'SET NULL')],
});
