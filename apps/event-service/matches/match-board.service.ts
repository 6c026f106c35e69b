import { Injectable } from '@nestjs/common';
import type { BoardPage, BoardQuery, BoardRow } from '#libs/contracts/matching/match-board.js';
import {
  countBoard,
  readBoard,
  type BoardFilter,
  type BoardMatch,
} from '#libs/persistence/matching/read-board.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { exclusionView } from './exclusion-view.js';

const text = (value: string | undefined): string | null =>
  value === undefined || value === '' ? null : value;

const STAFF = { staff: true, organisationIds: [] };

function end(row: BoardMatch, side: 'need' | 'capability'): BoardRow['need'] {
  return {
    id: row[`${side}_id`],
    number: row[`${side}_number`],
    title: row[`${side}_title`],
    organisation: row[`${side}_organisation`],
    status: row[`${side}_status`],
    answer: row[`${side}_answer`],
    answerReason: row[`${side}_answer_reason`],
    answeredAt: row[`${side}_answered_at`]?.toISOString() ?? null,
  };
}

function boardRowOf(row: BoardMatch): BoardRow {
  return {
    id: row.id,
    score: row.score,
    rank: row.rank,
    current: row.current,
    origin: row.origin,
    need: end(row, 'need'),
    capability: end(row, 'capability'),
    offerKind: row.offer_kind,
    exclusion: row.exclusion === null ? null : exclusionView(row.exclusion, STAFF),
    mutualAt: row.mutual_at?.toISOString() ?? null,
    met: row.met,
    deal:
      row.deal_id === null
        ? null
        : { id: row.deal_id, dealNo: row.deal_no ?? '', stage: row.deal_stage ?? '' },
    override:
      row.override === null || row.override_at === null
        ? null
        : {
            kind: row.override,
            note: row.override_note,
            by: row.override_by,
            at: row.override_at.toISOString(),
          },
    modelVersion: row.model_version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

const EVERYTHING: BoardFilter = {
  programmeId: null,
  eventId: null,
  needId: null,
  capabilityId: null,
  need: null,
  field: null,
  institute: null,
  minScore: null,
  offerKind: null,
  modelVersion: null,
  q: null,
  matchId: null,
};

const filterOf = (query: BoardQuery): BoardFilter => ({
  programmeId: query.programmeId ?? null,
  eventId: query.eventId ?? null,
  needId: query.needId ?? null,
  capabilityId: query.capabilityId ?? null,
  need: text(query.need),
  field: query.field ?? null,
  institute: text(query.institute),
  minScore: query.minScore ?? null,
  offerKind: query.offerKind ?? null,
  modelVersion: text(query.modelVersion),
  q: text(query.q),
  matchId: null,
});

/** All pairs of the platform with what both sides said and what organizers decided, for organizers. */
@Injectable()
export class MatchBoardService {
  constructor(private readonly transactions: Transactions) {}

  async page(query: BoardQuery): Promise<BoardPage> {
    const { page, pageSize, sort } = query;
    const state = query.state ?? null;
    const filter = filterOf(query);
    const { manager } = this.transactions;
    const { all, ...counts } = await countBoard(manager, filter);
    const offset = (page - 1) * pageSize;
    const rows = await readBoard(manager, filter, { state, sort, limit: pageSize, offset });
    return {
      rows: rows.map(boardRowOf),
      total: state === null ? all : counts[state],
      page,
      pageSize,
      counts,
    };
  }

  /** One pair of the board; undefined when there is none. */
  async row(matchId: string): Promise<BoardRow | undefined> {
    const rows = await readBoard(
      this.transactions.manager,
      { ...EVERYTHING, matchId },
      { state: null, sort: 'score', limit: 1, offset: 0 },
    );
    return rows.map(boardRowOf)[0];
  }
}
