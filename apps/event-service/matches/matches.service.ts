import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  MatchContact,
  MatchPage,
  matchSubjectPage,
  matchSubjectQuery,
  MatchView,
} from '#libs/contracts/matching/matches.js';
import { isMemberOf, isStaff, type Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { recordShown, recordViewed } from '#libs/persistence/matching/record-exposures.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { CodesService } from '../codes/codes.service.js';
import { answerCondition, matchConditions, matchOrder, NOT_HIDDEN, type MatchQuery } from './match-filter.js';
import { MATCH_COLUMNS, MATCH_TABLES, matchViewFor, sideOf, type MatchRow } from './match-rows.js';

type Kind = 'need' | 'capability';
const organisationsOf = (actor: Actor) => actor.memberships.map((membership) => membership.organisationId);

/** Reads matches, each reduced to what its reader may see. */
@Injectable()
export class MatchesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly codes: CodesService,
    private readonly clock: Clock,
  ) {}

  /** The matches of one need or capability, best first; for its organisation's members and staff. */
  async ofSubject(actor: Actor, kind: Kind, id: string, query: MatchQuery): Promise<MatchPage> {
    const manager = this.transactions.manager;
    const [subject] = await manager.query<{ organisation_id: string | null }[]>(
      `SELECT organisation_id FROM ${kind} WHERE id = $1`,
      [id],
    );
    if (subject === undefined || !(isStaff(actor) || isMemberOf(actor, subject.organisation_id))) {
      throw new AppError('record.not-found', { what: kind === 'need' ? '需求 / need' : '成果 / capability' });
    }
    const reader = {
      personId: actor.personId,
      organisations: organisationsOf(actor),
      staff: isStaff(actor),
    };
    const { where, values } = matchConditions(query, kind, reader, id);
    const [count] = await manager.query<{ total: number }[]>(
      `SELECT count(*)::int AS total, $1::uuid AS p, $2::uuid[] AS o ${MATCH_TABLES} WHERE ${where}`,
      values,
    );
    const rows = await manager.query<MatchRow[]>(
      `${MATCH_COLUMNS} ${MATCH_TABLES} WHERE ${where} ORDER BY ${matchOrder(query.sort, kind)} LIMIT $10 OFFSET $11`,
      [...values, query.pageSize, (query.page - 1) * query.pageSize],
    );
    const lists = await this.codes.list();
    const views = rows.flatMap((row) => matchViewFor(actor, row, lists) ?? []);
    const listed = views
      .filter((view) => view.side === kind)
      .map(({ id: match, modelVersion, score, rank }) => ({ id: match, modelVersion, score, rank }));
    await recordShown(manager, kind, listed, this.clock.now());
    return { rows: views, total: count!.total, page: query.page, pageSize: query.pageSize };
  }

  async read(actor: Actor, id: string): Promise<MatchView> {
    const row = await this.load(actor, id);
    const view = matchViewFor(actor, row, await this.codes.list());
    if (view === null) throw notFound();
    return view;
  }

  /** Notes that somebody on one of the sides opened the match; staff who look are not counted. */
  async viewed(actor: Actor, id: string): Promise<void> {
    const row = await this.load(actor, id);
    const side = sideOf(actor, row);
    if (side === null) return;
    const { score, rank, model_version: modelVersion } = row;
    await recordViewed(this.transactions.manager, side, { id, modelVersion, score, rank }, this.clock.now());
  }

  /** The pair for somebody on one of its sides, or staff; everybody else learns nothing of it. */
  async load(actor: Actor, id: string): Promise<MatchRow> {
    const [row] = await this.transactions.manager.query<MatchRow[]>(
      `${MATCH_COLUMNS} ${MATCH_TABLES} WHERE m.id = $3`,
      [actor.personId, organisationsOf(actor), id],
    );
    if (row === undefined) throw notFound();
    if (!isStaff(actor) && (sideOf(actor, row) === null || row.override === 'hidden')) throw notFound();
    return row;
  }

  /** Contact details of the other side, once both are interested. Each read is audited. */
  async contact(actor: Actor, id: string): Promise<MatchContact> {
    const row = await this.load(actor, id);
    const side = sideOf(actor, row);
    if (side !== null && row.mutual_at === null) throw new AppError('match.not-mutual');
    const other: Kind = side === 'need' ? 'capability' : 'need';
    return this.transactions.run(async ({ manager }) => {
      const [contact] = await manager.query<MatchContact[]>(
        `SELECT o.name AS organisation, coalesce(t.contact_name, o.contact_name, p.name) AS name,
                coalesce(t.contact_phone, o.contact_phone, p.phone) AS phone,
                coalesce(t.contact_email, o.contact_email, p.email) AS email
         FROM ${other} t JOIN organisation o ON o.id = t.organisation_id LEFT JOIN person p ON p.id = t.created_by
         WHERE t.id = $1`,
        [row[`${other}_id`]],
      );
      if (contact === undefined) throw notFound();
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'read-sealed',
        subjectKind: other,
        subjectId: row[`${other}_id`],
        detail: { match: id, fields: ['contact'] },
      });
      return contact;
    });
  }

  /** The reader's own needs and capabilities with counts of their matches. */
  async subjects(
    actor: Actor,
    query: z.infer<typeof matchSubjectQuery>,
  ): Promise<z.infer<typeof matchSubjectPage>> {
    const part = (kind: Kind, number: string, recordKind: string) => {
      const their = kind === 'need' ? 'capability' : 'need';
      return `SELECT '${kind}' AS kind, t.${recordKind} AS "recordKind", t.id, t.${number} AS number, t.title, o.name AS organisation, t.published_at,
          count(m.id) FILTER (WHERE m.state = 'current')::int AS total,
          count(m.id) FILTER (WHERE ${answerCondition('open', kind)})::int AS open,
          count(m.id) FILTER (WHERE m.${their}_answer = 'interested' AND m.${kind}_answer <> 'interested')::int AS theirs,
          count(m.id) FILTER (WHERE m.mutual_at IS NOT NULL)::int AS mutual,
          max(m.score) FILTER (WHERE m.state = 'current') AS "bestScore"
        FROM ${kind} t JOIN organisation o ON o.id = t.organisation_id LEFT JOIN match m ON m.${kind}_id = t.id AND m.exclusion IS NULL AND ${NOT_HIDDEN}
        WHERE t.organisation_id = ANY($1) AND t.status IN ('published', 'engaged', 'contracted', 'accepted')
          AND ($2::text IS NULL OR t.title ILIKE '%' || $2 || '%') AND ($3::text IS NULL OR $3 = '${kind}')
        GROUP BY t.id, o.name`;
    };
    const all = `(${part('need', 'need_no', 'request_kind')}) UNION ALL (${part('capability', 'capability_no', 'offer_kind')})`;
    const wanted = query.mutual === true ? 'WHERE s.mutual > 0' : '';
    const values = [
      organisationsOf(actor),
      query.q === undefined || query.q === '' ? null : query.q,
      query.kind ?? null,
    ];
    const manager = this.transactions.manager;
    const [count] = await manager.query<{ total: number }[]>(
      `SELECT count(*)::int AS total FROM (${all}) s ${wanted}`,
      values,
    );
    const rows = await manager.query<z.infer<typeof matchSubjectPage>['rows']>(
      `SELECT s.kind, s."recordKind", s.id, s.number, s.title, s.organisation, s.total, s.open, s.theirs, s.mutual, s."bestScore"
       FROM (${all}) s ${wanted} ORDER BY s.theirs DESC, s.open DESC, s.published_at DESC NULLS LAST, s.id LIMIT $4 OFFSET $5`,
      [...values, query.pageSize, (query.page - 1) * query.pageSize],
    );
    return { rows, total: count!.total, page: query.page, pageSize: query.pageSize };
  }
}

const notFound = () => new AppError('record.not-found', { what: '匹配' });
