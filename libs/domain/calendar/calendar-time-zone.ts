import { ICAL } from './ical-library.js';
import type { CalendarTimeZone } from './invitation.js';
import { utcOf, utcWall, wallTime, type WallTime } from './zone-clock.js';
import { zoneObservances, type ZoneObservance } from './zone-observances.js';

type Component = InstanceType<typeof ICAL.Component>;

/** Abbreviations that readers expect; elsewhere TZNAME, which is optional, is left out. */
const ABBREVIATIONS: Readonly<Record<string, string>> = { 'Asia/Shanghai': 'CST' };

/**
 * Asia/Shanghai had daylight saving from 1986 to 1991 only (tzdata "PRC" rules): no event of ours can touch it, and
 * nearly all of them are in this zone.
 */
const FIXED_OFFSETS: Readonly<Record<string, number>> = { UTC: 0, 'Asia/Shanghai': 8 * 3600 };

const observances = new Map<string, readonly ZoneObservance[]>();

/**
 * The VTIMEZONE that TZID parameters of an event in `year` refer to (RFC 5545 §3.6.5); null for UTC, which needs none.
 * @throws RangeError when there is no such zone
 */
export function timeZoneComponent(zone: CalendarTimeZone, year: number): Component | null {
  if (zone === 'UTC') return null;
  const component = new ICAL.Component('vtimezone');
  component.addPropertyWithValue('tzid', zone);
  for (const observance of observancesOf(zone, year))
    component.addSubcomponent(writeObservance(observance, zone));
  return component;
}

function observancesOf(zone: string, year: number): readonly ZoneObservance[] {
  const key = zone in FIXED_OFFSETS ? zone : `${zone} ${year}`;
  let found = observances.get(key);
  if (found === undefined) {
    found = zoneObservances(zone, year);
    if (observances.size < 1000) observances.set(key, found);
  }
  return found;
}

function writeObservance(observance: ZoneObservance, zone: string): Component {
  const component = new ICAL.Component(observance.daylight ? 'daylight' : 'standard');
  component.addPropertyWithValue('dtstart', wallToCalendarTime(observance.start, false));
  component.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(observance.offsetFrom));
  component.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(observance.offsetTo));
  if (observance.rule !== null)
    component.addPropertyWithValue('rrule', ICAL.Recur.fromString(observance.rule));
  const abbreviation = ABBREVIATIONS[zone];
  if (abbreviation !== undefined) component.addPropertyWithValue('tzname', abbreviation);
  return component;
}

/** A DATE-TIME in the zone: local time, to be paired with a TZID parameter, or UTC with `Z`. */
export function toCalendarTime(instant: Date, zone: CalendarTimeZone): InstanceType<typeof ICAL.Time> {
  const offset = FIXED_OFFSETS[zone];
  const wall =
    offset === undefined ? wallTime(instant, zone) : utcWall(new Date(instant.getTime() + offset * 1000));
  return wallToCalendarTime(wall, zone === 'UTC');
}

/** The DATE of a midnight in UTC. */
export function toCalendarDate(midnight: Date): InstanceType<typeof ICAL.Time> {
  const { year, month, day } = utcWall(midnight);
  return new ICAL.Time({ year, month, day, isDate: true }, ICAL.Timezone.localTimezone);
}

/** The instant of a date-time that was read: UTC when it says so, else on the clock of `zone`. */
export function wallOf(time: InstanceType<typeof ICAL.Time>): WallTime {
  const { year, month, day, hour, minute, second } = time;
  return { year, month, day, hour, minute, second };
}

function wallToCalendarTime(wall: WallTime, utc: boolean): InstanceType<typeof ICAL.Time> {
  const zone = utc ? ICAL.Timezone.utcTimezone : ICAL.Timezone.localTimezone;
  return new ICAL.Time({ ...wall, isDate: false }, zone);
}

/** Midnight in UTC of the day that a clock in `zone` shows, null when it does not show midnight. */
export function dateOf(instant: Date, zone: CalendarTimeZone): Date | null {
  const wall = wallTime(instant, zone);
  if (wall.hour !== 0 || wall.minute !== 0 || wall.second !== 0) return null;
  return new Date(utcOf(wall));
}
