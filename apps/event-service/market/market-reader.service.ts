import { Injectable } from '@nestjs/common';
import { isMemberOf, type Actor } from '#libs/domain/access/actor.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import type { CapabilityPage, CapabilityView } from '#libs/contracts/market/capability.js';
import type { NeedPage, NeedView } from '#libs/contracts/market/need.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { listRecordsFor, type Card, type RecordQuery } from '#libs/persistence/market/list-records.js';
import { loadRecordFor } from '#libs/persistence/market/load-record.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { actionsOf, notFound } from './market-kind.js';

interface Views {
  need: NeedView;
  capability: CapabilityView;
}
interface Pages {
  need: NeedPage;
  capability: CapabilityPage;
}
interface ReviewRow {
  readonly outcome: string;
  readonly note: string | null;
  readonly reviewer: string | null;
  readonly createdAt: Date;
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** Reading of needs and capabilities, each reduced to what the reader may see. */
@Injectable()
export class MarketReader {
  constructor(private readonly transactions: Transactions) {}

  async read<Kind extends SubjectKind>(kind: Kind, actor: Actor | null, id: string): Promise<Views[Kind]> {
    const { manager } = this.transactions;
    const loaded = await loadRecordFor(manager, kind, actor, id);
    if (loaded === null) throw notFound(kind);
    const { record, level } = loaded;
    const own = isMemberOf(actor, record.organisationId);
    if (level === 'sealed-too' && !own) await this.noteSealedRead(kind, actor, id, {});
    const owned = { organisationId: record.organisationId, status: record.status ?? '' };
    const actions = actionsOf(kind, actor, owned);
    const view = {
      ...record,
      readable: level,
      actions,
      reviews: own || actions.length > 0 ? await this.reviews(kind, id) : [],
      createdAt: iso(record.createdAt),
      updatedAt: iso(record.updatedAt),
      submittedAt: iso(record.submittedAt),
      publishedAt: iso(record.publishedAt),
    };
    return view as unknown as Views[Kind];
  }

  async list<Kind extends SubjectKind>(
    kind: Kind,
    actor: Actor | null,
    query: RecordQuery,
  ): Promise<Pages[Kind]> {
    const { cards, total } = await listRecordsFor(this.transactions.manager, kind, actor, query);
    const opened = cards.filter((card) => showsSealed(card, actor)).map((card) => card.record.id);
    if (opened.length > 0) await this.noteSealedRead(kind, actor, null, { ids: opened });
    const rows = cards.map(({ record }) => ({
      ...record,
      updatedAt: iso(record.updatedAt),
      publishedAt: iso(record.publishedAt),
    }));
    return { rows, total, page: query.page, pageSize: query.pageSize } as unknown as Pages[Kind];
  }

  private async noteSealedRead(
    kind: SubjectKind,
    actor: Actor | null,
    subjectId: string | null,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await writeAudit(this.transactions.manager, {
      actorId: actor?.personId ?? null,
      action: 'read-sealed',
      subjectKind: kind,
      subjectId,
      detail,
    });
  }

  private async reviews(kind: SubjectKind, id: string) {
    const rows: ReviewRow[] = await this.transactions.manager.query(
      `SELECT r.outcome, r.note, p.name AS reviewer, r.created_at AS "createdAt"
       FROM review r LEFT JOIN person p ON p.id = r.reviewer_id
       WHERE r.subject_kind = $1 AND r.subject_id = $2 ORDER BY r.created_at DESC, r.id DESC`,
      [kind, id],
    );
    return rows.map(({ createdAt, ...row }) => ({ ...row, at: createdAt.toISOString() }));
  }
}

/** A list shows no contact and no money, but it names the organisation behind a text that is not public. */
const showsSealed = (card: Card, actor: Actor | null): boolean =>
  card.level === 'sealed-too' &&
  card.record.disclosure !== 'public' &&
  !isMemberOf(actor, card.record.organisationId);
