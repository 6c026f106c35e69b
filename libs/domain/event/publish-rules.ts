export const PUBLISH_RULES = [
  'title-missing',
  'kind-missing',
  'starts-in-past',
  'ends-before-start',
  'capacity-missing',
  'window-reversed',
  'window-after-start',
  'window-over',
  'slots-missing',
  'slots-outside',
  'slots-too-short',
  'tables-missing',
] as const;
export type PublishRule = (typeof PUBLISH_RULES)[number];

export interface PublishableEvent {
  readonly title: string;
  readonly kind: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
  readonly registrationOpensAt: Date | null;
  readonly registrationClosesAt: Date | null;
  readonly slotMinutes: number | null;
  readonly slotsStartAt: Date | null;
  readonly slotsEndAt: Date | null;
}

export interface BrokenRule {
  /** Field of the event that has to be corrected. */
  readonly field: string;
  readonly rule: PublishRule;
}

/** The kind whose events consist of 1:1 meetings (list event-kind). */
const MATCHMAKING = 'matchmaking';

/** What keeps an event from being published at `now`, in the order of `PUBLISH_RULES`; empty = ready. */
export function brokenPublishRules(event: PublishableEvent, tables: number, now: Date): BrokenRule[] {
  const broken: BrokenRule[] = [];
  const demand = (kept: boolean, field: string, rule: PublishRule) => {
    if (!kept) broken.push({ field, rule });
  };
  demand(event.title.trim() !== '', 'title', 'title-missing');
  demand(event.kind !== '', 'kind', 'kind-missing');
  demand(event.startsAt > now, 'startsAt', 'starts-in-past');
  return [...broken, ...brokenLastingRules(event, tables), ...brokenWindowEnd(event, now)].sort(
    (a, b) => PUBLISH_RULES.indexOf(a.rule) - PUBLISH_RULES.indexOf(b.rule),
  );
}

/** The rules that still hold once the event is published, whatever the time is. */
export function brokenLastingRules(event: PublishableEvent, tables: number): BrokenRule[] {
  const { registrationOpensAt: opens, registrationClosesAt: closes } = event;
  const broken: BrokenRule[] = [];
  if (event.endsAt <= event.startsAt) broken.push({ field: 'endsAt', rule: 'ends-before-start' });
  if (event.capacity < 1) broken.push({ field: 'capacity', rule: 'capacity-missing' });
  if (opens !== null && closes !== null && closes <= opens)
    broken.push({ field: 'registrationClosesAt', rule: 'window-reversed' });
  if ((opens !== null && opens >= event.startsAt) || (closes !== null && closes > event.endsAt))
    broken.push({ field: 'registrationOpensAt', rule: 'window-after-start' });
  return [...broken, ...brokenSlotRules(event, tables)];
}

function brokenWindowEnd(event: PublishableEvent, now: Date): BrokenRule[] {
  const closes = event.registrationClosesAt;
  return closes !== null && closes <= now ? [{ field: 'registrationClosesAt', rule: 'window-over' }] : [];
}

function brokenSlotRules(event: PublishableEvent, tables: number): BrokenRule[] {
  const { slotMinutes, slotsStartAt, slotsEndAt } = event;
  if (slotMinutes === null || slotsStartAt === null || slotsEndAt === null) {
    const wanted = event.kind === MATCHMAKING || slotMinutes !== null;
    return wanted ? [{ field: 'slotMinutes', rule: 'slots-missing' }, ...brokenTables(tables)] : [];
  }
  const broken: BrokenRule[] = [];
  if (slotsStartAt < event.startsAt || slotsEndAt > event.endsAt)
    broken.push({ field: 'slotsStartAt', rule: 'slots-outside' });
  if (slotsEndAt.getTime() - slotsStartAt.getTime() < slotMinutes * 60_000)
    broken.push({ field: 'slotsEndAt', rule: 'slots-too-short' });
  return [...broken, ...brokenTables(tables)];
}

function brokenTables(tables: number): BrokenRule[] {
  return tables < 1 ? [{ field: 'tables', rule: 'tables-missing' }] : [];
}
