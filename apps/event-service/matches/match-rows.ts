import type { Actor } from '#libs/domain/access/actor.js';
import { isMemberOf, isOrganizer, isStaff } from '#libs/domain/access/actor.js';
import { capabilityLevel } from '#libs/domain/access/capability-access.js';
import type { Disclosed, DisclosureLevel } from '#libs/domain/access/disclosure-level.js';
import { needLevel } from '#libs/domain/access/need-access.js';
import type { OfferKind, RequestKind } from '#libs/domain/market/record-kinds.js';
import { formatReasons, type CodeLabel } from '#libs/domain/matching/format-reasons.js';
import type { MatchFactor, MatchReason } from '#libs/domain/matching/match-types.js';
import { redactFactors, redactReasons, type SealedSides } from '#libs/domain/matching/redact-reasons.js';
import type { CodeListsView } from '#libs/contracts/codes/code-list-view.js';
import type { MatchView } from '#libs/contracts/matching/matches.js';

type Answer = MatchView['myAnswer'];

export interface MatchRow {
  id: string;
  score: number;
  rank: number;
  factors: MatchFactor[];
  reasons: MatchReason[];
  model_version: string;
  mutual_at: Date | null;
  override: 'pinned' | 'hidden' | null;
  override_note: string | null;
  override_by_name: string | null;
  override_at: Date | null;
  deal_id: string | null;
  deal_no: string | null;
  updated_at: Date;
  outdated: boolean;
  need_answer: Answer;
  need_answer_reason: string | null;
  need_answer_note: string | null;
  capability_answer: Answer;
  capability_answer_reason: string | null;
  capability_answer_note: string | null;
  request_kind: RequestKind;
  offer_kind: OfferKind;
  need_id: string;
  need_title: string;
  need_status: string;
  need_disclosure: Disclosed['disclosure'];
  need_organisation_id: string | null;
  need_organisation: string | null;
  need_granted: boolean;
  capability_id: string;
  capability_title: string;
  capability_status: string;
  capability_disclosure: Disclosed['disclosure'];
  capability_organisation_id: string | null;
  capability_organisation: string | null;
  capability_granted: boolean;
}

const granted = (kind: 'need' | 'capability') => `
  EXISTS (SELECT 1 FROM sealed_grant g WHERE g.subject_kind = '${kind}' AND g.subject_id = m.${kind}_id
    AND g.revoked_at IS NULL AND (g.person_id = $1::uuid OR g.organisation_id = ANY($2::uuid[])))`;
/** The reader has a grant for that side's record; $1 = person, $2 = organisations. */
export const GRANTED = { need: granted('need'), capability: granted('capability') };

/** Pairs with what decides how much of each side the reader may see; $1 = person, $2 = organisations. */
export const MATCH_COLUMNS = `
  SELECT m.id, m.score, m.rank, m.factors, m.reasons, m.model_version, m.mutual_at, m.updated_at,
    m.factors <> '[]' AND (m.need_version <> n.version OR m.capability_version <> c.version) AS outdated,
    m.need_answer, m.need_answer_reason, m.need_answer_note,
    m.capability_answer, m.capability_answer_reason, m.capability_answer_note,
    m.override, m.override_note, m.override_at, ov.name AS override_by_name,
    n.request_kind, c.offer_kind, n.id AS need_id, n.title AS need_title, n.status AS need_status, n.disclosure AS need_disclosure,
    n.organisation_id AS need_organisation_id, no.name AS need_organisation, ${GRANTED.need} AS need_granted,
    c.id AS capability_id, c.title AS capability_title, c.status AS capability_status,
    c.disclosure AS capability_disclosure, c.organisation_id AS capability_organisation_id,
    co.name AS capability_organisation, ${GRANTED.capability} AS capability_granted, d.id AS deal_id, d.deal_no`;

export const MATCH_TABLES = `
  FROM match m
  JOIN need n ON n.id = m.need_id AND m.exclusion IS NULL LEFT JOIN organisation no ON no.id = n.organisation_id
  JOIN capability c ON c.id = m.capability_id LEFT JOIN organisation co ON co.id = c.organisation_id
  LEFT JOIN person ov ON ov.id = m.override_by
  LEFT JOIN LATERAL (SELECT id, deal_no FROM deal WHERE match_id = m.id AND stage <> 'terminated'
                     ORDER BY created_at, id LIMIT 1) d ON true`;

/** On which side of a pair the actor stands: the need's when on both (they are excluded from matching). */
export function sideOf(
  actor: Actor,
  row: Pick<MatchRow, 'need_organisation_id' | 'capability_organisation_id'>,
): 'need' | 'capability' | null {
  if (isMemberOf(actor, row.need_organisation_id)) return 'need';
  return isMemberOf(actor, row.capability_organisation_id) ? 'capability' : null;
}

function levels(
  actor: Actor,
  row: MatchRow,
  side: MatchView['side'],
): Record<'need' | 'capability', DisclosureLevel> {
  const matched = side !== null;
  return {
    need: needLevel(
      actor,
      { organisationId: row.need_organisation_id, status: row.need_status, disclosure: row.need_disclosure },
      { granted: row.need_granted, matched },
    ),
    capability: capabilityLevel(
      actor,
      {
        organisationId: row.capability_organisation_id,
        status: row.capability_status,
        disclosure: row.capability_disclosure,
      },
      { granted: row.capability_granted, matched },
    ),
  };
}

/** What stays sealed of a pair for who reads its two records at these levels. */
export const sealedSides = (need: DisclosureLevel, capability: DisclosureLevel): SealedSides => ({
  need: need === 'redacted',
  capability: capability === 'redacted',
  money: need !== 'sealed-too' || capability !== 'sealed-too',
  amount: need !== 'sealed-too',
});

const LABEL_LISTS: Readonly<Record<string, string>> = { field: 'technology-field', region: 'region' };

function labels(lists: CodeListsView, language: 'zh' | 'en'): CodeLabel {
  const word = (list: string, code: string) =>
    lists[list]?.items.find((item) => item.code === code)?.[language];
  return (list, code) =>
    (list === 'mode'
      ? (word('transfer-mode', code) ?? word('solve-mode', code))
      : word(LABEL_LISTS[list] ?? list, code)) ?? code;
}

const bandOf = (score: number): MatchView['band'] =>
  score >= 0.6 ? 'strong' : score >= 0.4 ? 'good' : 'possible';

/** Reasons as sentences in both languages, and what pages highlight of them. */
export function reasonParts(
  reasons: readonly MatchReason[],
  lists: CodeListsView,
): Pick<MatchView, 'reasons' | 'terms' | 'indicators'> {
  return {
    reasons: {
      zh: formatReasons(reasons, 'zh-CN', labels(lists, 'zh')),
      en: formatReasons(reasons, 'en', labels(lists, 'en')),
    },
    terms: reasons.flatMap((reason) =>
      reason.kind === 'terms' ? reason.terms.map((term) => term.term) : [],
    ),
    indicators: reasons.flatMap((reason) =>
      reason.kind === 'indicator'
        ? [
            {
              name: reason.name,
              wanted: reason.needText,
              offered: reason.capabilityText,
              outcome: reason.outcome,
            },
          ]
        : [],
    ),
  };
}

/** Reasons that speak against a pair, or tell what is not stated. */
const speaksAgainst = (reason: MatchReason): boolean =>
  reason.kind === 'uncovered' ||
  reason.kind === 'advice' ||
  (reason.kind === 'indicator' && reason.outcome !== 'met') ||
  (reason.kind === 'maturity' && !reason.met) ||
  (reason.kind === 'mode' && !reason.compatible) ||
  (reason.kind === 'price' && reason.fit === 'above') ||
  (reason.kind === 'fact' && !reason.fits);

/** What is asked for and stated otherwise, as opposed to what is open. */
const isUnmet = (reason: MatchReason): boolean => reason.kind === 'indicator' && reason.outcome === 'not_met';

/** What speaks against a pair or is open, and which of it is not met, as sentences; what is not met comes first. */
export function againstParts(
  reasons: readonly MatchReason[],
  lists: CodeListsView,
): Pick<MatchView, 'missing' | 'unmet'> {
  const against = reasons.filter(speaksAgainst);
  const unmet = against.filter(isUnmet);
  const open = against.filter((reason) => !isUnmet(reason));
  return {
    missing: reasonParts([...unmet, ...open], lists).reasons,
    unmet: reasonParts(unmet, lists).reasons,
  };
}

const sharedWords = (reasons: readonly MatchReason[]): MatchView['shared'] =>
  reasons.flatMap((reason) =>
    reason.kind === 'terms'
      ? reason.terms.map(({ term, share, needPositions, capabilityPositions }) => ({
          term,
          share,
          need: needPositions,
          capability: capabilityPositions,
        }))
      : [],
  );

/** The view of a pair for an actor, reduced to what they may read; null when one side is hidden from them. */
export function matchViewFor(actor: Actor, row: MatchRow, lists: CodeListsView): MatchView | null {
  const side = sideOf(actor, row);
  const level = levels(actor, row, side);
  if (level.need === 'none' || level.capability === 'none') return null;
  const sealed = sealedSides(level.need, level.capability);
  const reasons = redactReasons(row.reasons, sealed);
  const mine = side === 'capability' ? 'capability' : 'need';
  const their = side === 'capability' ? row.need_answer : row.capability_answer;
  return {
    id: row.id,
    score: row.score,
    rank: row.rank,
    band: bandOf(row.score),
    need: {
      id: row.need_id,
      title: row.need_title,
      organisation: sealed.need ? null : row.need_organisation,
    },
    capability: {
      id: row.capability_id,
      title: row.capability_title,
      organisation: sealed.capability ? null : row.capability_organisation,
    },
    requestKind: row.request_kind,
    offerKind: row.offer_kind,
    outdated: row.outdated,
    ...reasonParts(reasons, lists),
    ...againstParts(reasons, lists),
    shared: row.outdated ? [] : sharedWords(reasons),
    factors: redactFactors(row.factors, sealed),
    side,
    myAnswer: side === null ? 'none' : row[`${mine}_answer`],
    myReason: side === null ? null : row[`${mine}_answer_reason`],
    myNote: side === null ? null : row[`${mine}_answer_note`],
    theirInterest: side !== null && their === 'interested',
    answers: isStaff(actor) ? { need: row.need_answer, capability: row.capability_answer } : null,
    mutualAt: row.mutual_at?.toISOString() ?? null,
    deal:
      row.deal_id !== null && row.deal_no !== null && (side !== null || isStaff(actor))
        ? { id: row.deal_id, dealNo: row.deal_no }
        : null,
    recommended: row.override === 'pinned',
    override:
      row.override === null || row.override_at === null || !isOrganizer(actor)
        ? null
        : {
            kind: row.override,
            note: row.override_note,
            by: row.override_by_name,
            at: row.override_at.toISOString(),
          },
    modelVersion: row.model_version,
    updatedAt: row.updated_at.toISOString(),
  };
}
