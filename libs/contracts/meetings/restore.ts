import { z } from 'zod';
import { announcementView } from '../notifications/announcement.js';
import { uuid } from '../primitives.js';
import { place, timetableChanges } from './timetables.js';

/** GET /organizer/timetables/:id/restore: what an older version would change, were it restored and published. */
export const restorePreview = z.object({
  versionNo: z.number().int(),
  /** Number of the new version. */
  nextNo: z.number().int(),
  /** Version of the draft that it would replace; null = there is none. */
  replaces: z.number().int().nullable(),
  changes: timetableChanges,
  /**
   * Places of the version that cannot be had any more: `slot`: begun or gone; `table`: gone or without what the meeting
   * needs; `taken`: table or people are where they were locked or have begun; `away`: somebody is not available;
   * `rule`: a limit or the way between rooms.
   */
  dropped: z.array(
    z.object({
      meetingId: uuid,
      name: z.string(),
      place,
      reason: z.enum(['slot', 'table', 'taken', 'away', 'rule']),
    }),
  ),
  /** Locked meetings that stay where they are now, whatever the version says. */
  kept: z.number().int(),
  /** Who would get what upon publishing; null while the event cannot be published to. */
  messages: announcementView.nullable(),
});
export type RestorePreview = z.infer<typeof restorePreview>;
