import { z } from 'zod';
import { instant, pageOf, pageQuery, uuid } from '../primitives.js';

/** GET /api/admin/audit: `q` finds the acting person by name or e-mail address. */
export const auditQuery = pageQuery.extend({
  action: z.string().max(80).optional(),
  subjectKind: z.string().max(80).optional(),
  subjectId: z.string().max(80).optional(),
  actorId: uuid.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditRow = z.object({
  /** Running number, as a string. */
  id: z.string(),
  at: instant,
  /** Null: the platform itself, or a visitor. */
  actor: z.object({ id: uuid, name: z.string(), email: z.string() }).nullable(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  /** Name or title of the record as it is now; null when it has none or is gone. */
  subjectName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditRow = z.infer<typeof auditRow>;
export const auditPage = pageOf(auditRow);
export type AuditPage = z.infer<typeof auditPage>;

/** Values that occur in the log, for the filters. */
export const auditWords = z.object({ actions: z.array(z.string()), subjectKinds: z.array(z.string()) });
export type AuditWords = z.infer<typeof auditWords>;
