import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';

/** One line of the audit log about an organisation. */
export const auditOrganisation = (
  manager: EntityManager,
  actor: Actor,
  action: string,
  id: string,
  detail: Record<string, unknown>,
): Promise<void> =>
  writeAudit(manager, {
    actorId: actor.personId,
    action,
    subjectKind: 'organisation',
    subjectId: id,
    detail,
  });
