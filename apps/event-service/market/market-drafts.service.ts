import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import { isMemberOf, isOrganizer, type Actor } from '#libs/domain/access/actor.js';
import { findClassifiedMark } from '#libs/domain/market/find-classified-mark.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import type { OfferKind, RequestKind } from '#libs/domain/market/record-kinds.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { loadRecord } from '#libs/persistence/market/load-record.js';
import type { CapabilityRecord, NeedRecord } from '#libs/persistence/market/market-table.js';
import { queueMatchRun } from '#libs/persistence/matching/queue-match-run.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { CodesService } from '../codes/codes.service.js';
import { recordKindOf, refuseForeignFacts } from './check-facts.js';
import { codesToCheck, refuseContradictions } from './check-fields.js';
import { demandAction, incomplete, missingOf, notFound, type MarketFields } from './market-kind.js';
import { emptyToNull, insertRecord, updateRecord } from './write-record.js';

interface NewDraft extends MarketFields {
  readonly requestKind?: RequestKind;
  readonly offerKind?: OfferKind;
  readonly organisationId: string | null;
  readonly classified?: boolean | undefined;
}
interface Change extends MarketFields {
  readonly version: number;
  readonly classified?: boolean | undefined;
}

const EMPTY = {
  title: '',
  keywords: [],
  fields: [],
  solveModes: [],
  transferModes: [],
  disclosure: 'public' as const,
};
const ON_THE_MARKET: readonly string[] = ['published', 'engaged'];

/** Writing of needs and capabilities: drafts that save themselves, and edits of what is published. */
@Injectable()
export class MarketDrafts {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly codes: CodesService,
  ) {}

  /** Returns the new record's id. */
  async create(kind: SubjectKind, actor: Actor, body: NewDraft): Promise<string> {
    refuseClassified(kind, body);
    const { organisationId, classified: _, requestKind, offerKind, ...given } = body;
    const kinds = kind === 'need' ? { requestKind } : { offerKind };
    if (!isMemberOf(actor, organisationId) && !isOrganizer(actor)) throw new AppError('auth.forbidden');
    const fields = emptyToNull(given);
    refuseContradictions(fields);
    refuseForeignFacts(kind, recordKindOf(kinds), fields);
    await this.codes.check(codesToCheck(kind, fields, fields));
    return this.transactions.run(async ({ manager }) => {
      await demandOrganisation(manager, organisationId);
      const missing = missingOf(kind, { ...EMPTY, ...kinds, ...fields });
      const id = await insertRecord(manager, kind, fields, {
        organisationId,
        createdBy: actor.personId,
        missing,
        recordKind: recordKindOf(kinds),
      });
      await writeAudit(manager, {
        actorId: actor.personId,
        action: `create-${kind}`,
        subjectKind: kind,
        subjectId: id,
        detail: { organisationId, ...kinds },
      });
      return id;
    });
  }

  /**
   * Saves any part of the form. What is published stays published and is matched again; it may not lose required
   * fields that it has. Throws `record.changed` when somebody saved since `version`.
   */
  async change(kind: SubjectKind, actor: Actor, id: string, body: Change): Promise<void> {
    refuseClassified(kind, body);
    const { version, classified: _, ...given } = body;
    const fields = emptyToNull(given);
    await this.transactions.run(async ({ manager, afterCommit }) => {
      const row = await loadRecord(manager, kind, id, true);
      if (row === null) throw notFound(kind);
      demandAction(kind, actor, row, 'edit');
      if (row.version !== version) throw new AppError('record.changed');
      await this.checkChange(kind, fields, row);
      const published = ON_THE_MARKET.includes(row.status);
      const missing = missingOf(kind, { ...row, ...fields });
      const lost = missing.filter((field) => !row.missing.includes(field));
      if (published && lost.length > 0) throw incomplete(lost);
      await updateRecord(manager, kind, id, fields, { missing, now: this.clock.now() });
      await writeAudit(manager, {
        actorId: actor.personId,
        action: `change-${kind}`,
        subjectKind: kind,
        subjectId: id,
        detail: { version: version + 1, fields: Object.keys(fields) },
      });
      if (!published) return;
      const run = await queueMatchRun(manager, { scope: kind, subjectId: id, requestedBy: actor.personId });
      if (run !== null) afterCommit(() => this.queue.wake('run-match', [run]));
    });
  }

  private async checkChange(
    kind: SubjectKind,
    fields: MarketFields,
    row: NeedRecord | CapabilityRecord,
  ): Promise<void> {
    const whole = { ...row, ...fields } as MarketFields;
    refuseContradictions(whole);
    refuseForeignFacts(kind, recordKindOf(row), fields);
    await this.codes.check(codesToCheck(kind, fields, whole));
  }
}

/** State secrets are refused before anything touches the database. */
function refuseClassified(kind: SubjectKind, body: { readonly classified?: boolean | undefined }): void {
  if (body.classified === true || findClassifiedMark(body) !== null) throw new AppError(`${kind}.classified`);
}

async function demandOrganisation(
  manager: Parameters<typeof loadRecord>[0],
  organisationId: string | null,
): Promise<void> {
  if (organisationId === null) return;
  const rows: unknown[] = await manager.query('SELECT 1 FROM organisation WHERE id = $1', [organisationId]);
  if (rows.length === 0) throw new AppError('record.not-found', { what: '机构' });
}
