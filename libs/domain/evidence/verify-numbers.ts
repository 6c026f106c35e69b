import { sumAmounts } from './money.js';
import { shanghaiDaySpan } from '../time/shanghai-time.js';

/** The raw rows that numbers are counted from. Instants are epoch milliseconds, amounts decimal yuan. */
export interface NumberFacts {
  events: {
    id: string;
    programmeId: string | null;
    state: string;
    isTemplate: boolean;
    startsAt: number;
  }[];
  checkIns: { eventId: string; personId: string; organisationId: string | null; headCount: number }[];
  meetings: {
    eventId: string;
    /** Of all matches that it stands for. */
    needIds: string[];
    enterpriseId: string;
    instituteId: string;
    status: string;
    startsAt: number | null;
  }[];
  needs: {
    id: string;
    needNo: string | null;
    submittedAt: number | null;
    publishedAt: number | null;
    createdAt: number;
  }[];
  matches: { needId: string; mutualAt: number | null }[];
  acceptances: { needId: string; at: number }[];
  deals: {
    id: string;
    needId: string | null;
    eventId: string | null;
    stage: string;
    signedOn: string | null;
    contractAmount: string | null;
    technologyAmount: string | null;
    paidAmount: string | null;
  }[];
  steps: { dealId: string; to: string; at: number }[];
}

/** Half-open in epoch milliseconds; null leaves a side open. */
export interface NumberFactsFilter {
  start: number | null;
  end: number | null;
  programmeId: string | null;
}

const REACHED = new Set(['intent', 'negotiation', 'signed', 'paid']);

const inPeriod = (at: number | null, { start, end }: NumberFactsFilter): boolean =>
  at !== null && (start === null || at >= start) && (end === null || at < end);

const earliest = (instants: readonly (number | null)[]): number | null => {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
};

/**
 * Counts every number anew, with loops over the raw rows and nothing of the statements that the product runs: an
 * independent check. Counts are digits, amounts yuan with two decimals. By code of the metric.
 */
export function recountNumbers(facts: NumberFacts, filter: NumberFactsFilter): Record<string, string> {
  return { ...recountEvents(facts, filter), ...recountNeeds(facts, filter), ...recountDeals(facts, filter) };
}

function recountEvents(facts: NumberFacts, filter: NumberFactsFilter): Record<string, string> {
  const programmeOf = new Map(facts.events.map((event) => [event.id, event.programmeId]));
  const isOurs = (eventId: string) =>
    filter.programmeId === null || programmeOf.get(eventId) === filter.programmeId;
  const held = new Set(
    facts.events
      .filter((event) => (event.state === 'held' || event.state === 'archived') && !event.isTemplate)
      .filter((event) => inPeriod(event.startsAt, filter) && isOurs(event.id))
      .map((event) => event.id),
  );
  const checkIns = facts.checkIns.filter((row) => held.has(row.eventId));
  const meetings = facts.meetings.filter((row) => row.status === 'held');
  const visits = new Map<string, Set<string>>();
  const visit = (eventId: string, organisationId: string | null) => {
    if (organisationId === null) return;
    visits.set(eventId, (visits.get(eventId) ?? new Set()).add(organisationId));
  };
  for (const row of checkIns) visit(row.eventId, row.organisationId);
  for (const row of meetings.filter((meeting) => held.has(meeting.eventId))) {
    visit(row.eventId, row.enterpriseId);
    visit(row.eventId, row.instituteId);
  }
  const perEvent = [...visits.values()];
  return {
    events_held: String(new Set(checkIns.map((row) => row.eventId)).size),
    organisations_participating: String(new Set(perEvent.flatMap((set) => [...set])).size),
    organisation_visits: String(perEvent.reduce((sum, set) => sum + set.size, 0)),
    attendances: String(checkIns.reduce((sum, row) => sum + row.headCount, 0)),
    people: String(new Set(checkIns.map((row) => row.personId)).size),
    meetings_held: String(
      meetings.filter((row) => inPeriod(row.startsAt, filter) && isOurs(row.eventId)).length,
    ),
  };
}

/** Ids of needs that met or dealt at an event of the filter's programme; null = all needs. */
function needsOfProgramme(facts: NumberFacts, { programmeId }: NumberFactsFilter): Set<string | null> | null {
  if (programmeId === null) return null;
  const events = new Set(facts.events.filter((event) => event.programmeId === programmeId).map((e) => e.id));
  const meetings = facts.meetings.filter((row) => row.status !== 'cancelled' && events.has(row.eventId));
  const deals = facts.deals.filter((row) => row.eventId !== null && events.has(row.eventId));
  return new Set([...meetings.flatMap((row) => row.needIds), ...deals.map((row) => row.needId)]);
}

function recountNeeds(facts: NumberFacts, filter: NumberFactsFilter): Record<string, string> {
  const ours = needsOfProgramme(facts, filter);
  const needs = facts.needs.filter((need) => ours === null || ours.has(need.id));
  const count = (dateOf: (need: NumberFacts['needs'][number]) => number | null) =>
    String(needs.filter((need) => inPeriod(dateOf(need), filter)).length);
  return {
    needs_collected: count((need) => need.submittedAt ?? (need.needNo === null ? null : need.createdAt)),
    needs_published: count((need) => need.publishedAt),
    needs_matched: count((need) =>
      earliest(facts.matches.filter((row) => row.needId === need.id).map((row) => row.mutualAt)),
    ),
    needs_accepted: count((need) => facts.acceptances.find((row) => row.needId === need.id)?.at ?? null),
  };
}

function recountDeals(facts: NumberFacts, filter: NumberFactsFilter): Record<string, string> {
  const programmeOf = new Map<string | null, string | null>(
    facts.events.map((event) => [event.id, event.programmeId]),
  );
  const deals = facts.deals.filter(
    (deal) => filter.programmeId === null || programmeOf.get(deal.eventId) === filter.programmeId,
  );
  const firstStep = (dealId: string, stages: ReadonlySet<string>) =>
    earliest(
      facts.steps.filter((step) => step.dealId === dealId && stages.has(step.to)).map((step) => step.at),
    );
  const signed = deals.filter(
    (deal) =>
      deal.stage !== 'terminated' &&
      deal.signedOn !== null &&
      inPeriod(shanghaiDaySpan(deal.signedOn)?.start ?? null, filter),
  );
  const paid = deals.filter(
    (deal) => deal.stage === 'paid' && inPeriod(firstStep(deal.id, new Set(['paid'])), filter),
  );
  return {
    intents: String(deals.filter((deal) => inPeriod(firstStep(deal.id, REACHED), filter)).length),
    contracts_signed: String(signed.length),
    contract_amount: sumAmounts(signed.map((deal) => deal.contractAmount ?? '0')),
    technology_amount: sumAmounts(signed.map((deal) => deal.technologyAmount ?? '0')),
    paid_amount: sumAmounts(paid.map((deal) => deal.paidAmount ?? '0')),
  };
}

/** Codes whose reported number is not the one counted anew, with both; empty = all agree. */
export function verifyNumbers(
  facts: NumberFacts,
  filter: NumberFactsFilter,
  reported: Readonly<Record<string, string>>,
): string[] {
  const recounted = recountNumbers(facts, filter);
  const codes = new Set([...Object.keys(recounted), ...Object.keys(reported)]);
  return [...codes]
    .filter((code) => recounted[code] !== reported[code])
    .map(
      (code) => `${code}: reported ${reported[code] ?? 'nothing'}, counted ${recounted[code] ?? 'nothing'}`,
    );
}

/** The funnel counted anew: needs published in the period and how many got at least so far. */
export function recountFunnel(facts: NumberFacts, filter: NumberFactsFilter): number[] {
  const ours = needsOfProgramme(facts, filter);
  const cohort = facts.needs.filter(
    (need) => inPeriod(need.publishedAt, filter) && (ours === null || ours.has(need.id)),
  );
  const reached = cohort.map((need) => {
    const deals = facts.deals.filter((deal) => deal.needId === need.id);
    if (deals.some((deal) => deal.stage === 'paid')) return 5;
    if (deals.some((deal) => deal.signedOn !== null && deal.stage !== 'terminated')) return 4;
    const ids = new Set(deals.map((deal) => deal.id));
    if (facts.steps.some((step) => ids.has(step.dealId) && REACHED.has(step.to))) return 3;
    if (facts.meetings.some((row) => row.needIds.includes(need.id) && row.status === 'held')) return 2;
    return facts.matches.some((row) => row.needId === need.id && row.mutualAt !== null) ? 1 : 0;
  });
  return [0, 1, 2, 3, 4, 5].map((step) => reached.filter((far) => far >= step).length);
}
