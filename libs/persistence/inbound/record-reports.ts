import type { EntityManager } from 'typeorm';
import { classifyBounce, isPermanent } from '#libs/domain/calendar/inbound/classify-bounce.js';
import type { Complaint } from '#libs/domain/calendar/inbound/complaint.js';
import type { DeliveryReport } from '#libs/domain/calendar/inbound/delivery-report.js';
import { endableMails, type TopicGroup } from '#libs/domain/notifications/channel-choices.js';
import { writeAudit } from '../audit/write-audit.js';
import { endMails } from '../notifications/end-mails.js';
import { uuidsIn } from './uuids-in.js';

export interface ReportSource {
  readonly inboundMailId: string;
  /** Message-IDs and return-path tokens that may name the mail it is about. */
  readonly references: readonly string[];
  readonly now: Date;
}

/**
 * The notification that a report is about: its Message-ID stands in the returned header, or the report came to its own
 * return path. Null when the report names none of ours.
 */
async function findReported(manager: EntityManager, references: readonly string[]): Promise<string | null> {
  if (references.length === 0) return null;
  const rows = await manager.query<{ id: string }[]>(
    'SELECT id FROM notification WHERE message_id = ANY($1) OR id = ANY($2::uuid[]) LIMIT 1',
    [references, uuidsIn(references)],
  );
  return rows[0]?.id ?? null;
}

/** Writes down failures and delays; reports of success are not kept. Nothing is held back here. */
export async function recordReports(
  manager: EntityManager,
  reports: readonly DeliveryReport[],
  source: ReportSource,
): Promise<void> {
  const notificationId = await findReported(manager, source.references);
  for (const report of reports) {
    if (report.action !== 'failed' && report.action !== 'delayed') continue;
    await insert(manager, source, {
      kind: report.action === 'failed' ? 'bounce' : 'delay',
      recipient: report.recipient,
      status: report.status,
      bounceClass: classifyBounce(report),
      permanent: isPermanent(report),
      diagnostic: report.diagnostic,
      guessed: report.guessed,
      notificationId,
    });
  }
}

/**
 * Writes a complaint down. Who wants no more of a mail that is known to be ours gets no more mails that one may do
 * without, as if they had unsubscribed; invitations and mails of the account still leave. A complaint that names no mail
 * of ours counts when whoever sent it speaks for the address (`proved`).
 */
export async function recordComplaint(
  manager: EntityManager,
  { recipient, wantsNoMore, proved }: Complaint & { readonly proved: boolean },
  source: ReportSource,
): Promise<void> {
  const notificationId = await findReported(manager, source.references);
  await insert(manager, source, {
    kind: 'complaint',
    recipient,
    status: '',
    bounceClass: null,
    permanent: false,
    diagnostic: '',
    guessed: false,
    notificationId,
  });
  if (!wantsNoMore) return;
  if (notificationId !== null) await unsubscribe(manager, await addressee(manager, notificationId), source);
  else if (proved) await unsubscribe(manager, await owner(manager, recipient), source);
}

interface Complainant {
  readonly personId: string;
  readonly notificationId: string | null;
}

async function addressee(manager: EntityManager, notificationId: string): Promise<Complainant | null> {
  const rows = await manager.query<Complainant[]>(
    `SELECT person_id AS "personId", id AS "notificationId" FROM notification
     WHERE id = $1 AND person_id IS NOT NULL`,
    [notificationId],
  );
  return rows[0] ?? null;
}

async function owner(manager: EntityManager, email: string): Promise<Complainant | null> {
  const rows = await manager.query<Complainant[]>(
    'SELECT id AS "personId", NULL AS "notificationId" FROM person WHERE email = $1',
    [email],
  );
  return rows[0] ?? null;
}

async function unsubscribe(
  manager: EntityManager,
  complainant: Complainant | null,
  { inboundMailId, now }: ReportSource,
): Promise<void> {
  if (complainant === null) return;
  const { personId, notificationId } = complainant;
  const groups: TopicGroup[] = [];
  for (const group of endableMails()) {
    if (await endMails(manager, personId, group, now)) groups.push(group);
  }
  if (groups.length === 0) return;
  await writeAudit(manager, {
    actorId: null,
    action: 'unsubscribe-complainant',
    subjectKind: 'person',
    subjectId: personId,
    detail: { groups, notificationId, inboundMailId },
  });
}

interface ReportRow {
  readonly kind: 'bounce' | 'delay' | 'complaint';
  readonly recipient: string;
  readonly status: string;
  readonly bounceClass: string | null;
  readonly permanent: boolean;
  readonly diagnostic: string;
  readonly guessed: boolean;
  readonly notificationId: string | null;
}

async function insert(manager: EntityManager, source: ReportSource, row: ReportRow): Promise<void> {
  await manager.query(
    `INSERT INTO delivery_report (inbound_mail_id, kind, recipient, status, bounce_class, permanent, diagnostic, guessed,
       notification_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      source.inboundMailId,
      row.kind,
      row.recipient,
      row.status,
      row.bounceClass,
      row.permanent,
      row.diagnostic,
      row.guessed,
      row.notificationId,
      source.now,
    ],
  );
}
