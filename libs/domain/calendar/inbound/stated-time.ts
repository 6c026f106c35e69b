import { fixedOffset, instantOf, ianaZone, utcOf, utcWall, type WallTime } from '../zone-clock.js';
import type { InboundLine } from './read-calendar-lines.js';
import type { DefinedZone } from './zone-definition.js';

/** Zones which an object defines itself, by TZID. */
export type DefinedZones = ReadonlyMap<string, DefinedZone>;

/** A date or date-time as a stranger wrote it. */
export interface StatedTime {
  readonly kind: 'date' | 'time';
  readonly wall: WallTime;
  /** Milliseconds since 1970, when the zone is known; a floating time has none. */
  readonly instant: number | null;
  /** Of a zone that nobody knows and the object does not define. */
  readonly zoneUnknown?: true;
}

const TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/i;

/** null when the value is no date; a time in a zone that nobody knows is kept without an instant. */
export function readStatedTime(line: InboundLine, zones: DefinedZones): StatedTime | null {
  const read = TIME.exec(line.value.trim());
  if (read === null) return null;
  const [year, month, day, hour, minute, second] = read.slice(1, 7).map((part) => Number(part ?? 0));
  const wall = {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
  };
  if (!isDay(wall) || wall.hour > 23 || wall.minute > 59 || wall.second > 60) return null;
  if (read[4] === undefined) return { kind: 'date', wall, instant: null };
  const tzid = read[7] === '' ? line.parameters['TZID']?.trim() : 'UTC';
  const instant = tzid === undefined ? null : instantIn(wall, tzid, zones);
  const zoneUnknown = tzid !== undefined && instant === null;
  return { kind: 'time', wall, instant, ...(zoneUnknown ? { zoneUnknown } : {}) };
}

/** 31 February would be taken for a day of March. */
function isDay({ year, month, day }: WallTime): boolean {
  const read = utcWall(new Date(utcOf({ year, month, day, hour: 0, minute: 0, second: 0 })));
  return read.month === month && read.day === day;
}

/** Abbreviations mean what the object defines, if it does: senders give them to zones of their own. */
const ABBREVIATION = /^[A-Z]{2,4}$/i;

/** A name that everybody knows means what everybody knows, all others what the object defines. */
function instantIn(wall: WallTime, tzid: string, zones: DefinedZones): number | null {
  const defined = zones.get(tzid);
  const zone = defined !== undefined && ABBREVIATION.test(tzid) ? null : ianaZone(tzid);
  if (zone !== null) return instantOf(wall, zone).getTime();
  const offset = defined?.(wall) ?? fixedOffset(tzid);
  return offset === null ? null : utcOf(wall) - offset * 1000;
}

const DURATION = /^\+?P(?:(\d{1,4})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?)$/i;

/** RFC 5545 §3.3.6; null when there is no duration or none that is readable. */
export function endAfter(start: StatedTime | null, duration: string | undefined): StatedTime | null {
  const read = DURATION.exec(duration?.trim() ?? '');
  if (start === null || read === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = read
    .slice(1)
    .map((part) => Number(part ?? 0));
  const length = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  if (start.instant !== null) return { ...start, instant: start.instant + length };
  return { ...start, wall: utcWall(new Date(utcOf(start.wall) + length)) };
}
