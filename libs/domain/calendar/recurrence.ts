import { ICAL } from './ical-library.js';
import { instantOf, utcOf, wallTime, type WallTime } from './zone-clock.js';

/** When a series takes place beside its first start (RFC 5545 §3.8.5). */
export interface Recurrence {
  /** RRULE values, e.g. `FREQ=WEEKLY;COUNT=4`. */
  readonly rules: readonly string[];
  /** RDATE: starts of further occurrences. */
  readonly additional: readonly Date[];
  /** EXDATE: original starts of occurrences that do not take place. */
  readonly excluded: readonly Date[];
}

export interface Series {
  readonly start: Date;
  /** IANA zone whose clock the rules follow. */
  readonly timeZone: string;
  readonly recurrence: Recurrence | null;
}

/** Stops rules that go on for ever; a daily series reaches it after 27 years. */
const MAX_STEPS = 10_000;

/**
 * Original starts of the occurrences from `from` (inclusive) to `to` (exclusive), ascending and unique. A series
 * without rules takes place once. Wall-clock times of rules stay the same over changes of daylight saving.
 * @throws Error when a rule is not a RECUR value (RFC 5545 §3.3.10)
 */
export function occurrences(series: Series, from: Date, to: Date): Date[] {
  const starts = new Set<number>([series.start.getTime()]);
  for (const rule of series.recurrence?.rules ?? []) addRule(starts, series, rule, to);
  for (const extra of series.recurrence?.additional ?? []) starts.add(extra.getTime());
  for (const gone of series.recurrence?.excluded ?? []) starts.delete(gone.getTime());
  return [...starts]
    .filter((start) => start >= from.getTime() && start < to.getTime())
    .sort((a, b) => a - b)
    .map((start) => new Date(start));
}

function addRule(starts: Set<number>, series: Series, rule: string, to: Date): void {
  const recur = ICAL.Recur.fromString(localRule(rule, series.timeZone));
  const iterator = recur.iterator(toIcalTime(wallTime(series.start, series.timeZone)));
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = iterator.next();
    if (!next) return;
    const start = instantOf(next, series.timeZone).getTime();
    if (start >= to.getTime()) return;
    starts.add(start);
  }
}

/** The rule for wall-clock iteration: UNTIL, which is in UTC, becomes local; RFC 7529's defaults are left out. */
function localRule(rule: string, zone: string): string {
  return rule
    .split(';')
    .filter((part) => part !== '' && !/^(RSCALE=GREGORIAN|SKIP=OMIT)$/i.test(part))
    .map((part) => {
      const until = /^UNTIL=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/i.exec(part);
      if (until === null) return part;
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = until.slice(1).map(Number);
      const instant = new Date(utcOf({ year, month, day, hour, minute, second }));
      return `UNTIL=${compact(wallTime(instant, zone))}`;
    })
    .join(';');
}

function compact(wall: WallTime): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${String(wall.year).padStart(4, '0')}${two(wall.month)}${two(wall.day)}`;
  return `${date}T${two(wall.hour)}${two(wall.minute)}${two(wall.second)}`;
}

function toIcalTime(wall: WallTime): InstanceType<typeof ICAL.Time> {
  return new ICAL.Time({ ...wall, isDate: false }, ICAL.Timezone.localTimezone);
}
