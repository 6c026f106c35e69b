import type { EntityManager } from 'typeorm';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { offerFreedSlot } from '../meetings/offer-freed-slot.js';

const UNDO_MS = 15 * 60_000;
const ORGANIZER_UNDO_MS = 24 * 60 * 60_000;

interface Recorded {
  readonly id: string;
  readonly outcomeAt: Date | null;
  readonly dealId: string | null;
}

/** Within a quarter of an hour (organizers: a day), and nothing rests on the outcome yet. */
export async function canUndoOutcome(
  manager: EntityManager,
  meeting: Recorded,
  isOrganizer: boolean,
  now: Date,
): Promise<boolean> {
  const limit = isOrganizer ? ORGANIZER_UNDO_MS : UNDO_MS;
  if (meeting.outcomeAt === null || now.getTime() - meeting.outcomeAt.getTime() > limit) return false;
  if (meeting.dealId !== null) return false;
  const used = await manager.query<unknown[]>(
    `SELECT 1 FROM follow_up WHERE meeting_id = $1
     UNION ALL SELECT 1 FROM slot_offer WHERE freed_id = $1 AND status = 'taken' LIMIT 1`,
    [meeting.id],
  );
  return used.length === 0;
}

export async function undoOutcome(
  manager: EntityManager,
  id: string,
  { actorId, from }: { readonly actorId: string; readonly from: string },
  now: Date,
): Promise<void> {
  await manager.query(
    `UPDATE meeting SET status = 'scheduled', outcome_at = NULL, outcome_by = NULL, updated_at = $2 WHERE id = $1`,
    [id, now],
  );
  await withdrawOffers(manager, id);
  await writeAudit(manager, {
    actorId,
    action: 'undo-meeting-outcome',
    subjectKind: 'meeting',
    subjectId: id,
    detail: { from },
  });
}

/** A slot that is not used is offered to a pair that waits; answers the mails to wake. */
export async function settleSlot(
  manager: EntityManager,
  id: string,
  outcome: 'held' | 'no_show',
  now: Date,
): Promise<string[]> {
  if (outcome === 'no_show') return offerFreedSlot(manager, id, now);
  await withdrawOffers(manager, id);
  return [];
}

/** Events are always locked before their meetings. */
export async function lockEvent(manager: EntityManager, meetingId: string): Promise<void> {
  await manager.query(
    'SELECT 1 FROM event WHERE id = (SELECT event_id FROM meeting WHERE id = $1) FOR NO KEY UPDATE',
    [meetingId],
  );
}

async function withdrawOffers(manager: EntityManager, freedId: string): Promise<void> {
  await manager.query("UPDATE slot_offer SET status = 'withdrawn' WHERE freed_id = $1 AND status = 'open'", [
    freedId,
  ]);
}
