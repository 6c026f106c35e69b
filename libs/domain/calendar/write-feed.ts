import { cleanName, cleanText } from './calendar-text.js';
import { canonicalInvitation } from './canonical-invitation.js';
import { ICAL } from './ical-library.js';
import type { CalendarInvitation } from './invitation.js';
import { propertyLine, typedLine } from './property-line.js';
import { calendarText, eventTexts, PRODUCT_ID, timeZoneText, usesZone } from './write-invitation.js';

export interface CalendarFeed {
  name: string;
  description: string;
  /** Absolute address of the feed itself. */
  source: string;
  /** How often programs should look again. */
  refreshHours: number;
  /** CSS3 colour name; '' for none. */
  color: string;
  /** Published as they are; attendees and alarms are left out. */
  events: CalendarInvitation[];
}

/**
 * A calendar to subscribe to (RFC 5545, RFC 7986 §5): METHOD:PUBLISH, calendar properties before components, one
 * VTIMEZONE per zone, every event once. The same events give the same bytes.
 * @throws InvalidInvitationError when an event cannot be written
 */
export function writeFeed(feed: CalendarFeed): string {
  const name = cleanName(feed.name);
  const description = cleanText(feed.description);
  const refresh = `PT${feed.refreshHours}H`;
  const head = [
    propertyLine('prodid', PRODUCT_ID),
    propertyLine('version', '2.0'),
    propertyLine('calscale', 'GREGORIAN'),
    propertyLine('method', 'PUBLISH'),
    // ical.js knows neither and writes their values as they are.
    propertyLine('name', escapeText(name)),
    propertyLine('x-wr-calname', escapeText(name)),
    ...(description === ''
      ? []
      : [propertyLine('description', description), propertyLine('x-wr-caldesc', escapeText(description))]),
    propertyLine('x-wr-timezone', 'Asia/Shanghai'),
    ...(feed.color === '' ? [] : [propertyLine('color', feed.color.replace(/[^a-z]/g, ''))]),
    typedLine('refresh-interval', 'duration', ICAL.Duration.fromString(refresh)),
    propertyLine('x-published-ttl', refresh),
    typedLine('source', 'uri', feed.source),
  ];
  const events = feed.events.map((event) =>
    canonicalInvitation({ ...event, method: 'PUBLISH', reminders: [] }),
  );
  const texts = events.map((event) => eventTexts(event));
  const zoned = events.filter((_, index) => texts[index]?.some(usesZone));
  const zones = [...zonesOf(zoned)].flatMap(([zone, year]) => timeZoneText(zone, year));
  return calendarText(head, [...zones, ...texts.flat()]);
}

/** RFC 5545 §3.3.11. */
function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
}

function zonesOf(events: readonly CalendarInvitation[]): Map<string, number> {
  const zones = new Map<string, number>();
  for (const { timeZone, start } of events) {
    const year = start.getUTCFullYear();
    zones.set(timeZone, Math.min(year, zones.get(timeZone) ?? year));
  }
  return zones;
}

const DAY = 86_400_000;

/**
 * An event of several days as one entry per day, for readers who would rather see each day's hours than a bar across
 * the week; days are those of Asia/Shanghai. Every day keeps the hours of the first and last. Others stay as they are.
 */
export function splitByDay(event: CalendarInvitation): CalendarInvitation[] {
  const offset = 8 * 3_600_000;
  const first = Math.floor((event.start.getTime() + offset) / DAY);
  const last = Math.floor((event.end.getTime() - 1 + offset) / DAY);
  if (event.allDay === true || event.recurrence || last === first) return [event];
  const opens = (event.start.getTime() + offset) % DAY;
  const closes = event.end.getTime() + offset - last * DAY;
  // An event over midnight has no hours that repeat.
  if (closes <= opens) return [event];
  return Array.from({ length: last - first + 1 }, (_, day) => ({
    ...event,
    uid: day === 0 ? event.uid : `day-${day + 1}-${event.uid}`,
    start: new Date((first + day) * DAY + opens - offset),
    end: new Date((first + day) * DAY + closes - offset),
  }));
}
