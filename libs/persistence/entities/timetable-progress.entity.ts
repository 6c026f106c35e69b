import { EntitySchema } from 'typeorm';
import { bool, integer, json, quantity, refersTo, text, uuid } from '../columns.js';

/** How far the computation of a timetable is; written while the timetable's own row is locked. */
export interface TimetableProgress {
  timetableId: string;
  /** What is minimised at the moment. */
  stage: string;
  /** `optimal`, `gap`, or null while it runs. */
  proof: string | null;
  /** Figures of the best found so far. */
  placed: number | null;
  satisfaction: number | null;
  moved: number | null;
  breaks: number | null;
  /** Bounds of the stage: nothing is better than `lower`, the best has `upper`. */
  lower: number | null;
  upper: number | null;
  /** Why not all meetings fit. */
  reasons: unknown[];
  seconds: number;
  /** Somebody asked to take the best found so far. */
  stop: boolean;
}

export const TimetableProgressEntity = new EntitySchema<TimetableProgress>({
  name: 'timetable_progress',
  columns: {
    timetableId: uuid({ primary: true }),
    stage: text(),
    proof: text({ nullable: true }),
    placed: integer({ nullable: true }),
    satisfaction: integer({ nullable: true }),
    moved: integer({ nullable: true }),
    breaks: integer({ nullable: true }),
    lower: integer({ nullable: true }),
    upper: integer({ nullable: true }),
    reasons: json({ default: () => "'[]'" }),
    seconds: quantity(),
    stop: bool(),
  },
  foreignKeys: [refersTo('timetable', 'timetableId', 'CASCADE')],
});
