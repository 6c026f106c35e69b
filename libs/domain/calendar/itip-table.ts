export type ItipMethod =
  'REQUEST' | 'CANCEL' | 'PUBLISH' | 'REPLY' | 'REFRESH' | 'COUNTER' | 'DECLINECOUNTER';

/** How often a property may occur: [least, most]. */
export type Presence = readonly [number, number];

const NONE: Presence = [0, 0];
const ONE: Presence = [1, 1];
const MAYBE: Presence = [0, 1];
const ANY: Presence = [0, Infinity];
const SOME: Presence = [1, Infinity];

const COMMON: Record<string, Presence> = {
  UID: ONE,
  DTSTAMP: ONE,
  ORGANIZER: ONE,
  'RECURRENCE-ID': MAYBE,
  SEQUENCE: MAYBE,
  ATTACH: ANY,
  CATEGORIES: ANY,
  CLASS: MAYBE,
  COMMENT: ANY,
  CONTACT: ANY,
  CREATED: MAYBE,
  DESCRIPTION: MAYBE,
  DTEND: MAYBE,
  DURATION: MAYBE,
  EXDATE: ANY,
  GEO: MAYBE,
  'LAST-MODIFIED': MAYBE,
  LOCATION: MAYBE,
  PRIORITY: MAYBE,
  RDATE: ANY,
  'RELATED-TO': ANY,
  RESOURCES: ANY,
  RRULE: MAYBE,
  STATUS: MAYBE,
  TRANSP: MAYBE,
  URL: MAYBE,
  // RFC 7986 §5: allowed in a VEVENT beside the properties of RFC 5545.
  COLOR: MAYBE,
  CONFERENCE: ANY,
  IMAGE: ANY,
};

/** Occurrence of each VEVENT property per method: the tables of RFC 5546 §3.2.1, .2, .3 and .5 to .8. */
export const VEVENT_PROPERTIES: Record<ItipMethod, Record<string, Presence>> = {
  PUBLISH: { ...COMMON, DTSTART: ONE, SUMMARY: ONE, ATTENDEE: NONE, 'REQUEST-STATUS': NONE },
  REQUEST: { ...COMMON, DTSTART: ONE, SUMMARY: ONE, ATTENDEE: SOME, 'REQUEST-STATUS': NONE },
  REPLY: { ...COMMON, DTSTART: MAYBE, SUMMARY: MAYBE, ATTENDEE: ONE, 'REQUEST-STATUS': ANY },
  CANCEL: {
    ...COMMON,
    DTSTART: MAYBE,
    SUMMARY: MAYBE,
    SEQUENCE: ONE,
    ATTENDEE: ANY,
    'REQUEST-STATUS': NONE,
  },
  REFRESH: {
    ...Object.fromEntries(Object.keys(COMMON).map((name) => [name, NONE])),
    UID: ONE,
    DTSTAMP: ONE,
    ORGANIZER: ONE,
    ATTENDEE: ONE,
    'RECURRENCE-ID': MAYBE,
    COMMENT: ANY,
    DTSTART: NONE,
    SUMMARY: NONE,
    'REQUEST-STATUS': NONE,
  },
  COUNTER: { ...COMMON, DTSTART: ONE, SUMMARY: ONE, ATTENDEE: ANY, 'REQUEST-STATUS': ANY },
  DECLINECOUNTER: { ...COMMON, DTSTART: MAYBE, SUMMARY: MAYBE, ATTENDEE: ANY, 'REQUEST-STATUS': ANY },
};

/** STATUS values per method; whether a CANCEL may carry one depends on whom it addresses. */
export const STATUS_VALUES: Record<ItipMethod, readonly string[]> = {
  PUBLISH: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
  REQUEST: ['TENTATIVE', 'CONFIRMED'],
  REPLY: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
  CANCEL: ['CANCELLED'],
  REFRESH: [],
  COUNTER: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
  DECLINECOUNTER: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
};

/** Components beside VEVENT and X-components: [least, most]; VALARM counts inside the VEVENT. */
export const COMPONENTS: Record<ItipMethod, Record<string, Presence>> = {
  PUBLISH: { VEVENT: SOME, VTIMEZONE: ANY, VALARM: ANY },
  REQUEST: { VEVENT: SOME, VTIMEZONE: ANY, VALARM: ANY },
  REPLY: { VEVENT: SOME, VTIMEZONE: ANY, VALARM: NONE },
  CANCEL: { VEVENT: SOME, VTIMEZONE: ANY, VALARM: NONE },
  REFRESH: { VEVENT: SOME, VTIMEZONE: ANY, VALARM: NONE },
  COUNTER: { VEVENT: SOME, VTIMEZONE: ANY, VALARM: ANY },
  DECLINECOUNTER: { VEVENT: SOME, VTIMEZONE: ANY, VALARM: NONE },
};

export const VCALENDAR_PROPERTIES: Record<string, Presence> = {
  PRODID: ONE,
  VERSION: ONE,
  CALSCALE: MAYBE,
  METHOD: ONE,
  // RFC 7986 §5, for feeds.
  NAME: ANY,
  DESCRIPTION: ANY,
  UID: MAYBE,
  'LAST-MODIFIED': MAYBE,
  URL: MAYBE,
  CATEGORIES: ANY,
  'REFRESH-INTERVAL': MAYBE,
  SOURCE: MAYBE,
  COLOR: MAYBE,
  IMAGE: ANY,
};
