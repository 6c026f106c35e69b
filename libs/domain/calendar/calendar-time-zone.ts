import { ICAL } from './ical-library.js';
import type { CalendarTimeZone } from './invitation.js';

interface FixedZone {
  offsetSeconds: number;
  abbreviation: string;
}

/**
 * Zones without daylight saving. Asia/Shanghai had it from 1986 to 1991 (tzdata "PRC" rules), which
 * no event of ours can touch, so one STANDARD block is the whole truth.
 */
const FIXED_ZONES: Record<Exclude<CalendarTimeZone, 'UTC'>, FixedZone> = {
  'Asia/Shanghai': { offsetSeconds: 8 * 3600, abbreviation: 'CST' },
};

/** Names under which other clients write the same zone (Exchange uses Windows names). */
const ALIASES: Record<string, CalendarTimeZone> = {
  'asia/shanghai': 'Asia/Shanghai',
  'asia/chongqing': 'Asia/Shanghai',
  'asia/harbin': 'Asia/Shanghai',
  prc: 'Asia/Shanghai',
  'china standard time': 'Asia/Shanghai',
  utc: 'UTC',
  'etc/utc': 'UTC',
  z: 'UTC',
};

/** The zone a TZID names, null when it is none of ours. */
export function zoneOfTzid(tzid: string): CalendarTimeZone | null {
  return ALIASES[tzid.toLowerCase().replace(/^\/.*?\/(?=asia\/)/, '')] ?? null;
}

export function offsetSeconds(zone: CalendarTimeZone): number {
  return zone === 'UTC' ? 0 : FIXED_ZONES[zone].offsetSeconds;
}

/** The VTIMEZONE that a TZID parameter refers to (RFC 5545 §3.6.5); null for UTC, which needs none. */
export function timeZoneComponent(zone: CalendarTimeZone): InstanceType<typeof ICAL.Component> | null {
  if (zone === 'UTC') return null;
  const { offsetSeconds: offset, abbreviation } = FIXED_ZONES[zone];
  const component = new ICAL.Component('vtimezone');
  component.addPropertyWithValue('tzid', zone);
  const standard = new ICAL.Component('standard');
  standard.addPropertyWithValue('dtstart', toCalendarTime(new Date(-offset * 1000), zone));
  standard.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(offset));
  standard.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(offset));
  standard.addPropertyWithValue('tzname', abbreviation);
  component.addSubcomponent(standard);
  return component;
}

/** A DATE-TIME in the zone: local time, to be paired with a TZID parameter, or UTC with `Z`. */
export function toCalendarTime(instant: Date, zone: CalendarTimeZone): InstanceType<typeof ICAL.Time> {
  const local = new Date(instant.getTime() + offsetSeconds(zone) * 1000);
  const fields = {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    isDate: false,
  };
  return new ICAL.Time(fields, zone === 'UTC' ? ICAL.Timezone.utcTimezone : ICAL.Timezone.localTimezone);
}
