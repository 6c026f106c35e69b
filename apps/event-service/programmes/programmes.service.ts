import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { ProgrammeDetail } from '#libs/contracts/events/event-views.js';
import type {
  ProgrammeBody,
  ProgrammePage,
  ProgrammeQuery,
  ProgrammeView,
} from '#libs/contracts/events/programmes.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { ProgrammeEntity } from '#libs/persistence/entities/event.entity.js';
import { PUBLIC_EVENT } from '#libs/persistence/public-events.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions } from '#libs/platform/database/transactions.js';
import { CodesService } from '../codes/codes.service.js';
import {
  EVENT_COLUMNS,
  EVENT_TABLES,
  Filter,
  isoOrNull,
  likePattern,
  readPage,
  toEventRow,
  type EventRecord,
} from '../events/event-rows.js';

type ProgrammeRecord = Omit<ProgrammeView, 'archivedAt'> & { archivedAt: Date | null };

const TABLES = `
  programme p LEFT JOIN organisation o ON o.id = p.owner_id
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS editions,
           count(*) FILTER (WHERE e.state IN ('held', 'archived'))::int AS held,
           count(*) FILTER (WHERE e.state IN ('published', 'registration_closed'))::int AS upcoming
    FROM event e WHERE e.programme_id = p.id AND NOT e.is_template AND e.state NOT IN ('draft', 'cancelled')
  ) n ON true`;

const COLUMNS = `
  p.id, p.slug, p.name, p.name_en AS "nameEn", p.intro, p.kind, p.color, p.archived_at AS "archivedAt",
  CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'name', o.name) END AS owner,
  n.editions, n.held, n.upcoming`;

const toView = (row: ProgrammeRecord): ProgrammeView => ({ ...row, archivedAt: isoOrNull(row.archivedAt) });

/** Programmes: the brands under which editions of events are run and reported. */
@Injectable()
export class ProgrammesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly codes: CodesService,
    private readonly clock: Clock,
  ) {}

  async list(query: ProgrammeQuery): Promise<ProgrammePage> {
    const filter = new Filter()
      .with(query.kind, (value) => `p.kind = ${value}`)
      .with(
        query.q && likePattern(query.q),
        (value) => `(p.name ILIKE ${value} OR p.name_en ILIKE ${value})`,
      );
    if (query.archived !== undefined) filter.always(`(p.archived_at IS NOT NULL) = ${query.archived}`);
    const select = {
      columns: COLUMNS,
      tables: TABLES,
      order: 'p.archived_at NULLS FIRST, p.name, p.id',
      filter,
    };
    const { rows, total } = await readPage<ProgrammeRecord>(this.transactions.manager, select, query);
    return { rows: rows.map(toView), total, page: query.page, pageSize: query.pageSize };
  }

  async bySlug(slug: string): Promise<ProgrammeDetail> {
    const { manager } = this.transactions;
    const [row] = await manager.query<ProgrammeRecord[]>(
      `SELECT ${COLUMNS} FROM ${TABLES} WHERE p.slug = $1`,
      [slug],
    );
    if (row === undefined) throw new AppError('record.not-found', { what: '活动品牌' });
    const events: EventRecord[] = await manager.query(
      `SELECT ${EVENT_COLUMNS} FROM ${EVENT_TABLES}
       WHERE e.programme_id = $1 AND ${PUBLIC_EVENT}
       ORDER BY e.starts_at DESC, e.id LIMIT 200`,
      [row.id],
    );
    const now = this.clock.now();
    return { ...toView(row), events: events.map((event) => toEventRow(event, now)) };
  }

  async create(actor: Actor, body: ProgrammeBody): Promise<{ id: string }> {
    await this.codes.check({ kind: ['event-kind', body.kind] });
    return this.named(body, () =>
      this.transactions.run(async ({ manager }) => {
        const values = { ...body, createdAt: this.clock.now() };
        const result = await manager.insert(ProgrammeEntity, values);
        const id = String(result.identifiers[0]!['id']);
        await writeAudit(manager, {
          actorId: actor.personId,
          action: 'create-programme',
          subjectKind: 'programme',
          subjectId: id,
          detail: { slug: body.slug, name: body.name },
        });
        return { id };
      }),
    );
  }

  async change(actor: Actor, id: string, body: ProgrammeBody): Promise<void> {
    await this.codes.check({ kind: ['event-kind', body.kind] });
    await this.named(body, () =>
      this.transactions.run(async ({ manager }) => {
        const { affected } = await manager.update(ProgrammeEntity, { id }, body);
        if (affected !== 1) throw new AppError('record.not-found', { what: '活动品牌' });
        await writeAudit(manager, {
          actorId: actor.personId,
          action: 'change-programme',
          subjectKind: 'programme',
          subjectId: id,
          detail: { slug: body.slug, name: body.name },
        });
      }),
    );
  }

  /** Archiving twice is archiving once; the first time stays. */
  async archive(actor: Actor, id: string, archived: boolean): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      const programme = await manager.findOne(ProgrammeEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (programme === null) throw new AppError('record.not-found', { what: '活动品牌' });
      if ((programme.archivedAt !== null) === archived) return;
      await manager.update(ProgrammeEntity, { id }, { archivedAt: archived ? this.clock.now() : null });
      await writeAudit(manager, {
        actorId: actor.personId,
        action: archived ? 'archive-programme' : 'restore-programme',
        subjectKind: 'programme',
        subjectId: id,
      });
    });
  }

  /** The number after the highest edition, 1 when there is none. */
  async nextEdition(id: string): Promise<{ editionNo: number }> {
    const [row] = await this.transactions.manager.query<{ editionNo: number }[]>(
      `SELECT coalesce(max(e.edition_no), 0) + 1 AS "editionNo"
       FROM programme p LEFT JOIN event e ON e.programme_id = p.id WHERE p.id = $1 GROUP BY p.id`,
      [id],
    );
    if (row === undefined) throw new AppError('record.not-found', { what: '活动品牌' });
    return row;
  }

  private async named<Result>(body: ProgrammeBody, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const constraint = brokenConstraint(error);
      if (constraint === 'programme_slug') throw new AppError('programme.slug-taken', { slug: body.slug });
      if (constraint === 'programme_name') throw new AppError('programme.name-taken', { name: body.name });
      throw error;
    }
  }
}
