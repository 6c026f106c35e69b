import type { EntityManager } from 'typeorm';

export interface AuditInput {
  /** Person who acts; null = the platform itself. */
  readonly actorId: string | null;
  /** Verb-first code, e.g. `publish-need`, `read-sealed`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly detail?: Record<string, unknown>;
}

/** Appends to the audit log, in the transaction of `manager`: what is not committed is not logged, and the reverse. */
export async function writeAudit(manager: EntityManager, input: AuditInput): Promise<void> {
  await manager.query(
    'INSERT INTO audit_entry (actor_id, action, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5)',
    [input.actorId, input.action, input.subjectKind, input.subjectId, JSON.stringify(input.detail ?? {})],
  );
}
