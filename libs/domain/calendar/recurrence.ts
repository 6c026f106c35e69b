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

interface Span {
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 86_400_000;

/** Stops rules that go on for ever; a daily series reaches it after 27 years. */
const MAX_STEPS = 10_000;

/**
 * Original starts of the occurrences from `from` (inclusive) to `to` (exclusive), ascending and unique. A series
 * without rules takes place once. Wall-clock times of rules stay the same over changes of daylight saving.
 * @throws Error when a rule is not a RECUR value (RFC 5545 §3.3.10)
 */
export function occurrences(series: Series, from: Date, to: Date): Date[] {
  const starts = new Set<number>([series.start.getTime()]);
  for (const rule of series.recurrence?.rules ?? []) addRule(starts, series, rule, { from, to });
  for (const extra of series.recurrence?.additional ?? []) starts.add(extra.getTime());
  for (const gone of series.recurrence?.excluded ?? []) starts.delete(gone.getTime());
  return [...starts]
    .filter((start) => start >= from.getTime() && start < to.getTime())
    .sort((a, b) => a - b)
    .map((start) => new Date(start));
}

function addRule(starts: Set<number>, series: Series, rule: string, { from, to }: Span): void {
  const walk = walkOf(series, rule);
  for (let step = 0; step < MAX_STEPS; step++) {
    const wall = wallAt(walk, step);
    if (wall === null) return;
    // Far from `from` the zone, which costs as much as the step, does not matter.
    if (utcOf(wall) < from.getTime() - 2 * DAY_MS) continue;
    const start = instantOf(wall, series.timeZone).getTime();
    if (start >= to.getTime()) return;
    starts.add(start);
  }
}

/** The wall-clock starts of a rule as far as somebody has asked for them. */
interface Walk {
  readonly key: string;
  readonly walls: WallTime[];
  readonly next: () => WallTime | null | undefined;
}

/** A reply may speak of hundreds of occurrences of one series, each of which begins at the first. */
let lastWalk: Walk | null = null;

function walkOf({ start, timeZone }: Series, rule: string): Walk {
  const key = `${start.getTime()} ${timeZone} ${rule}`;
  if (lastWalk?.key === key) return lastWalk;
  const iterator = ICAL.Recur.fromString(localRule(rule, timeZone)).iterator(
    toIcalTime(wallTime(start, timeZone)),
  );
  lastWalk = { key, walls: [], next: () => iterator.next() };
  return lastWalk;
}

function wallAt({ walls, next }: Walk, step: number): WallTime | null {
  const known = walls[step];
  if (known !== undefined) return known;
  const found = next();
  if (!found) return null;
  const { year, month, day, hour, minute, second } = found;
  walls.push({ year, month, day, hour, minute, second });
  return walls[step] ?? null;
}

/**
 * The rule for wall-clock iteration: UNTIL, which is in UTC, becomes local, and a date means all of its day, as the
 * calendars that write dates beside times mean it; RFC 7529's defaults are left out.
 */
function localRule(rule: string, zone: string): string {
  return rule
    .split(';')
    .filter((part) => part !== '' && !/^(RSCALE=GREGORIAN|SKIP=OMIT)$/i.test(part))
    .map((part) => part.replace(/^(UNTIL=\d{8})$/i, '$1T235959'))
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
