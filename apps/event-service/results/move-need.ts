import type { EntityManager } from 'typeorm';
import { needMachine } from '#libs/domain/evidence/state-machines.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';

type NeedAction = (typeof needMachine.transitions)[number]['action'];

/**
 * Moves a need along its machine when it stands where the action is allowed; otherwise nothing happens. Answers whether
 * it moved. Audited.
 */
export async function moveNeed(
  manager: EntityManager,
  needId: string,
  action: NeedAction,
  actorId: string,
  now: Date,
): Promise<boolean> {
  const transition = needMachine.transitions.find((row) => row.action === action);
  if (transition === undefined) return false;
  const [rows] = await manager.query<[{ id: string }[], number]>(
    'UPDATE need SET status = $2, updated_at = $4 WHERE id = $1 AND status = ANY($3) RETURNING id',
    [needId, transition.to, transition.from, now],
  );
  if (rows.length === 0) return false;
  await writeAudit(manager, {
    actorId,
    action: `${action.replaceAll('_', '-')}-need`,
    subjectKind: 'need',
    subjectId: needId,
    detail: { to: transition.to },
  });
  return true;
}
