import { WINDOWS_ZONES } from './inbound/windows-zones.js';

/** A wall-clock reading; months from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const clocks = new Map<string, Intl.DateTimeFormat | null>();

/** IANA data of the runtime (tzdata in ICU). */
function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  let clock: Intl.DateTimeFormat | null = null;
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // Not a zone.
  }
  if (clocks.size < 2000) clocks.set(zone, clock);
  return clock;
}

/** Names of IANA without an area. CST, IST and the like, which runtimes know too, mean other zones elsewhere. */
const BARE_NAMES = new Set(
  (
    'prc hongkong japan rok roc singapore est mst hst est5edt cst6cdt mst7mdt pst8pdt wet cet met eet gb gb-eire ' +
    'eire portugal poland turkey israel egypt libya iran iceland w-su cuba jamaica navajo kwajalein nz nz-chat'
  ).split(' '),
);

/**
 * The IANA zone that a TZID means: itself, a Windows name, a name that only Chinese programs use, whole hours from
 * Greenwich, or the tail of a "/vendor/…/Area/City" name; else null.
 */
export function ianaZone(tzid: string): string | null {
  const name = tzid.trim().replace(/^["']|["']$/g, '');
  if (UTC_NAME.test(name)) return 'UTC';
  const windows = WINDOWS_ZONES[name.toLowerCase()];
  if (windows !== undefined) return windows;
  if (/^asia\/(?:beijing|peking)$/i.test(name)) return 'Asia/Shanghai';
  const hours = /^(?:utc|gmt)([+-])(\d{1,2})(?::?00)?$/i.exec(name);
  if (hours !== null) return fixedZone(hours[1] === '+' ? 1 : -1, Number(hours[2]));
  if (/^[A-Za-z_]+\/[A-Za-z0-9_+/-]+$/.test(name) && clockOf(name) !== null) return name;
  const segments = name.split('/');
  for (const length of [2, 3]) {
    const tail = segments.slice(-length).join('/');
    if (segments.length > length && clockOf(tail) !== null) return tail;
  }
  return BARE_NAMES.has(name.toLowerCase()) && clockOf(name) !== null ? name : null;
}

/** `tzone:` is how Exchange Online writes it. */
const UTC_NAME =
  /^(?:utc|uct|gmt|gmt0|z|zulu|universal|greenwich|etc\/utc|tzone:\/\/microsoft\/utc|\(?utc\)?.*coordinated.*)$/i;

/** Seconds east of Greenwich of a name that says hours and minutes, such as `UTC+05:30`; null for any other. */
export function fixedOffset(tzid: string): number | null {
  const read = /^(?:utc|gmt)?([+-])(\d{1,2}):?([0-5]\d)$/i.exec(tzid.trim());
  if (read === null || Number(read[2]) > 14) return null;
  const seconds = (Number(read[2]) * 60 + Number(read[3])) * 60;
  return read[1] === '-' ? -seconds : seconds;
}

/** The zone so many whole hours from Greenwich: `Etc` counts them westwards. */
function fixedZone(sign: number, hours: number): string | null {
  if (hours === 0) return 'UTC';
  const zone = `Etc/GMT${sign > 0 ? '-' : '+'}${hours}`;
  return clockOf(zone) === null ? null : zone;
}

/** What a clock in `zone` shows. @throws RangeError when there is no such zone */
export function wallTime(instant: Date, zone: string): WallTime {
  const clock = clockOf(zone);
  if (clock === null) throw new RangeError(`No time zone ${zone}`);
  const fields: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(instant)) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  return { year, month, day, hour, minute, second };
}

export function utcOf(wall: WallTime): number {
  const date = new Date(0);
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  date.setUTCHours(wall.hour, wall.minute, wall.second, 0);
  return date.getTime();
}

/** What a clock in UTC shows. */
export function utcWall(instant: Date): WallTime {
  return {
    year: instant.getUTCFullYear(),
    month: instant.getUTCMonth() + 1,
    day: instant.getUTCDate(),
    hour: instant.getUTCHours(),
    minute: instant.getUTCMinutes(),
    second: instant.getUTCSeconds(),
  };
}

/** Seconds east of Greenwich at an instant. */
export function zoneOffset(instant: Date, zone: string): number {
  if (zone === 'UTC') return 0;
  const whole = Math.floor(instant.getTime() / 1000) * 1000;
  return Math.round((utcOf(wallTime(new Date(whole), zone)) - whole) / 1000);
}

/** Invitations of one event ask about the same instants, one after the other. */
const ASKED = 256;
const twice = new Map<string, boolean>();

/** Whether a clock in `zone` has shown the same an hour ago: local time cannot name this instant (RFC 5545 §3.3.5). */
export function isSecondOfTwo(instant: Date, zone: string): boolean {
  if (zone === 'UTC') return false;
  const whole = Math.floor(instant.getTime() / 1000) * 1000;
  const key = `${zone} ${whole}`;
  let second = twice.get(key);
  if (second === undefined) {
    second = instantOf(wallTime(new Date(whole), zone), zone).getTime() !== whole;
    if (twice.size >= ASKED) twice.clear();
    twice.set(key, second);
  }
  return second;
}

/**
 * The instant at which a clock in `zone` shows `wall`. A time that occurs twice is the first one, a time that is
 * skipped is read with the offset before the gap (RFC 5545 §3.3.5).
 */
export function instantOf(wall: WallTime, zone: string): Date {
  const local = utcOf(wall);
  if (zone === 'UTC') return new Date(local);
  const before = zoneOffset(new Date(local - 86_400_000), zone);
  const after = zoneOffset(new Date(local + 86_400_000), zone);
  const first = new Date(local - before * 1000);
  if (before === after || zoneOffset(first, zone) === before) return first;
  const second = new Date(local - after * 1000);
  return zoneOffset(second, zone) === after ? second : first;
}
