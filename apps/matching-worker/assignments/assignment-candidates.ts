import type { AssignmentPair } from '#libs/domain/assignment/assignment.js';
import type { AssignmentFacts, MatchRow, RequestRow } from './read-assignment-facts.js';

/** Two people who could meet, the better match of theirs, and why they must not meet if so. */
export interface Candidate extends Pick<AssignmentPair, 'id' | 'score' | 'interest'> {
  enterpriseId: string;
  instituteId: string;
  enterprisePersonId: string;
  institutePersonId: string;
  matchId: string | null;
  needId: string | null;
  capabilityId: string | null;
  pinned: boolean;
  asked: boolean;
  /** A rule of conflict of interest, or that somebody does not want it; null = it may be. */
  barred: { kind: 'blocked' | 'no-thanks'; code: string } | null;
}

/** Every pair of people at an event with a match or a request, each once, whichever of them is the enterprise side. */
export function findCandidates(facts: AssignmentFacts): Candidate[] {
  const pairs = new Map<string, Candidate>();
  const met = new Set(facts.meetings.filter(({ live }) => live).map(({ people }) => bothOf(people)));
  const cancelled = new Set(facts.meetings.filter(({ live }) => !live).map(({ people }) => bothOf(people)));
  const keep = (candidate: Candidate) => {
    const both = bothOf([candidate.enterprisePersonId, candidate.institutePersonId]);
    if (met.has(both)) return;
    const block = facts.blockOf(candidate.enterpriseId, candidate.instituteId);
    if (block !== null) candidate.barred = { kind: 'blocked', code: block };
    else if (candidate.barred === null && cancelled.has(both))
      candidate.barred = { kind: 'no-thanks', code: 'cancelled-before' };
    const known = pairs.get(both);
    if (known === undefined || compare(candidate, known) < 0) pairs.set(both, candidate);
  };
  for (const match of facts.matches) {
    const candidate = ofMatch(match, facts);
    if (candidate !== null) keep(candidate);
  }
  for (const request of facts.requests) {
    const both = bothOf([request.fromPersonId, request.toPersonId]);
    if (!pairs.has(both)) {
      const candidate = ofRequest(request, facts);
      if (candidate !== null) keep(candidate);
    }
    const pair = pairs.get(both);
    if (pair !== undefined) addRequest(pair, request);
  }
  return [...pairs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const bothOf = ([one, other]: readonly [string, string]): string =>
  one < other ? `${one}:${other}` : `${other}:${one}`;

const STRENGTH = { both: 2, left: 1, right: 1, none: 0 } as const;

/** What may be before what must not, then pins, interest and score. */
function compare(one: Candidate, other: Candidate): number {
  const may = (candidate: Candidate) => Number(candidate.barred === null);
  return (
    may(other) - may(one) ||
    Number(other.pinned) - Number(one.pinned) ||
    STRENGTH[other.interest] - STRENGTH[one.interest] ||
    other.score - one.score
  );
}

function ofMatch(match: MatchRow, facts: AssignmentFacts): Candidate | null {
  const enterprisePersonId = facts.representative(match.enterpriseId, match.needAuthorId);
  const institutePersonId = facts.representative(match.instituteId, match.capabilityAuthorId);
  if (enterprisePersonId === null || institutePersonId === null) return null;
  if (enterprisePersonId === institutePersonId) return null;
  const { id: matchId, needId, capabilityId, enterpriseId, instituteId, score } = match;
  const left = match.needAnswer === 'interested';
  const right = match.capabilityAnswer === 'interested';
  return {
    id: `${enterprisePersonId}:${institutePersonId}`,
    enterpriseId,
    instituteId,
    enterprisePersonId,
    institutePersonId,
    matchId,
    needId,
    capabilityId,
    score,
    interest: left && right ? 'both' : left ? 'left' : right ? 'right' : 'none',
    pinned: match.override === 'pinned',
    asked: false,
    barred: barredMatch(match),
  };
}

function barredMatch(match: MatchRow): Candidate['barred'] {
  if (match.exclusion !== null) return { kind: 'blocked', code: match.exclusion };
  const code = !match.open
    ? 'closed'
    : match.needAnswer === 'declined'
      ? 'declined-by-enterprise'
      : match.capabilityAnswer === 'declined'
        ? 'declined-by-institute'
        : match.override === 'hidden'
          ? 'hidden'
          : null;
  return code === null ? null : { kind: 'no-thanks', code };
}

/** An enterprise that is asked by others sits on the enterprise side; otherwise who asks does. */
function ofRequest(request: RequestRow, facts: AssignmentFacts): Candidate | null {
  const { fromPersonId, fromOrganisationId, toPersonId, toOrganisationId } = request;
  if (!facts.isAt(fromPersonId, fromOrganisationId) || !facts.isAt(toPersonId, toOrganisationId)) return null;
  const turned = facts.isEnterprise(toOrganisationId) && !facts.isEnterprise(fromOrganisationId);
  const from = [fromPersonId, fromOrganisationId] as const;
  const to = [toPersonId, toOrganisationId] as const;
  const [[enterprisePersonId, enterpriseId], [institutePersonId, instituteId]] = turned
    ? [to, from]
    : [from, to];
  return {
    id: `${enterprisePersonId}:${institutePersonId}`,
    enterpriseId,
    instituteId,
    enterprisePersonId,
    institutePersonId,
    matchId: null,
    needId: null,
    capabilityId: null,
    score: 0,
    interest: 'none',
    pinned: false,
    asked: false,
    barred: null,
  };
}

/** Who asks for a meeting is interested; who declined one does not want it. */
function addRequest(pair: Candidate, request: RequestRow): void {
  if (request.status === 'declined') {
    pair.barred ??= { kind: 'no-thanks', code: 'request-declined' };
    return;
  }
  const side = request.fromPersonId === pair.enterprisePersonId ? 'left' : 'right';
  pair.asked = true;
  pair.interest = pair.interest === 'none' || pair.interest === side ? side : 'both';
}
