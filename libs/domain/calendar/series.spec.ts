import fc from 'fast-check';
import { canonicalInvitation } from './canonical-invitation.js';
import { InvalidInvitationError, type CalendarInvitation } from './invitation.js';
import { compareRevisions } from './next-sequence.js';
import { readInvitation } from './read-invitation.js';
import { occurrences } from './recurrence.js';
import { validateItip } from './validate-itip.js';
import { writeInvitation, writeRefresh } from './write-invitation.js';
import { isSecondOfTwo } from './zone-clock.js';

const DAY = 86_400_000;

const series: CalendarInvitation = {
  method: 'REQUEST',
  uid: 'series@duijie.example',
  sequence: 1,
  stampedAt: new Date('2026-11-01T02:03:04Z'),
  start: new Date('2026-11-24T06:00:00Z'),
  end: new Date('2026-11-24T07:00:00Z'),
  timeZone: 'Asia/Shanghai',
  summary: '每周接待',
  description: '',
  location: '301',
  url: '',
  organizer: { name: '科技局', email: 'rsvp@duijie.example' },
  attendees: [{ name: '王工', email: 'wang@institute.example' }],
  status: 'CONFIRMED',
  reminders: [],
  createdAt: new Date('2026-10-01T00:00:00Z'),
  lastModifiedAt: new Date('2026-10-31T23:59:59Z'),
  cancelledWhole: false,
  recurrence: {
    rules: ['FREQ=WEEKLY;COUNT=4'],
    additional: [new Date('2026-12-18T06:00:00Z')],
    excluded: [new Date('2026-12-08T06:00:00Z')],
  },
  overrides: [
    {
      recurrenceId: new Date('2026-12-01T06:00:00Z'),
      start: new Date('2026-12-02T01:00:00Z'),
      end: new Date('2026-12-02T02:00:00Z'),
      summary: '每周接待（改期）',
      description: '本次改期',
      location: '302',
    },
  ],
};

const lines = (text: string) => text.replace(/\r\n /g, '').split('\r\n');

test('a series is written with its rule, its dates and a VEVENT for the moved occurrence', () => {
  const text = writeInvitation(series);
  expect(
    lines(text).filter((line) => /^(RRULE|RDATE|EXDATE|RECURRENCE-ID|DTSTART;TZID|UID|SEQUENCE)/.test(line)),
  ).toEqual([
    'UID:series@duijie.example',
    'SEQUENCE:1',
    'DTSTART;TZID=Asia/Shanghai:20261124T140000',
    'RRULE:FREQ=WEEKLY;COUNT=4',
    'RDATE;TZID=Asia/Shanghai:20261218T140000',
    'EXDATE;TZID=Asia/Shanghai:20261208T140000',
    'UID:series@duijie.example',
    'SEQUENCE:1',
    'RECURRENCE-ID;TZID=Asia/Shanghai:20261201T140000',
    'DTSTART;TZID=Asia/Shanghai:20261202T090000',
  ]);
  expect(validateItip(text)).toEqual([]);
  expect(readInvitation(text)).toEqual(canonicalInvitation(series));
});

test('whole days are dates with an exclusive end and no zone', () => {
  const days: CalendarInvitation = {
    ...series,
    allDay: true,
    start: new Date('2026-11-23T16:00:00Z'),
    end: new Date('2026-11-25T16:00:00Z'),
    recurrence: {
      rules: ['FREQ=MONTHLY;UNTIL=20270401'],
      additional: [],
      excluded: [new Date('2026-12-23T16:00:00Z')],
    },
    overrides: [],
  };
  const text = writeInvitation(days);
  expect(
    lines(text).filter((line) => /^(DTSTART|DTEND|RRULE|EXDATE|X-MICROSOFT-CDO-ALL)/.test(line)),
  ).toEqual([
    'DTSTART;VALUE=DATE:20261124',
    'DTEND;VALUE=DATE:20261126',
    'RRULE:FREQ=MONTHLY;UNTIL=20270401',
    'EXDATE;VALUE=DATE:20261224',
    'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE',
  ]);
  expect(text).not.toContain('TZID');
  expect(validateItip(text)).toEqual([]);
  expect(readInvitation(text)).toEqual(canonicalInvitation(days));
});

test.each([
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'UTC',
])('a series in %s comes back with its instants and a VTIMEZONE for its zone', (timeZone) => {
  const there = {
    ...series,
    timeZone,
    overrides: [],
    recurrence: { rules: ['FREQ=WEEKLY;COUNT=30'], additional: [], excluded: [] },
  };
  const text = writeInvitation(there);
  expect(validateItip(text)).toEqual([]);
  expect(readInvitation(text)).toEqual(canonicalInvitation(there));
});

test('yearly changes of clocks are rules', () => {
  const text = lines(
    writeInvitation({ ...series, timeZone: 'Europe/Berlin', overrides: [], recurrence: null }),
  );
  expect(text.slice(text.indexOf('BEGIN:VTIMEZONE') + 1, text.indexOf('END:VTIMEZONE'))).toEqual([
    'TZID:Europe/Berlin',
    'BEGIN:DAYLIGHT',
    'DTSTART:20250330T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'DTSTART:20251026T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
  ]);
});

test('occurrences keep the wall clock over a change of daylight saving', () => {
  const weekly = { rules: ['FREQ=WEEKLY;COUNT=3'], additional: [], excluded: [] };
  const start = new Date('2026-03-22T13:00:00Z');
  const found = occurrences(
    { start, timeZone: 'Europe/Berlin', recurrence: weekly },
    start,
    new Date('2027-01-01'),
  );
  expect(found.map((date) => date.toISOString())).toEqual([
    '2026-03-22T13:00:00.000Z',
    '2026-03-29T12:00:00.000Z',
    '2026-04-05T12:00:00.000Z',
  ]);
});

test.each<[string, Partial<CalendarInvitation>]>([
  [
    'an override of no occurrence',
    { recurrence: { rules: ['FREQ=WEEKLY;COUNT=1'], additional: [], excluded: [] } },
  ],
  [
    'COUNT beside UNTIL',
    {
      overrides: [],
      recurrence: { rules: ['FREQ=DAILY;COUNT=1;UNTIL=20270101T000000Z'], additional: [], excluded: [] },
    },
  ],
  [
    'a local UNTIL',
    {
      overrides: [],
      recurrence: { rules: ['FREQ=DAILY;UNTIL=20270101T000000'], additional: [], excluded: [] },
    },
  ],
  [
    'a rule that injects lines',
    {
      overrides: [],
      recurrence: { rules: ['FREQ=DAILY\r\nATTENDEE:mailto:a@x.example'], additional: [], excluded: [] },
    },
  ],
  ['an unknown zone', { timeZone: 'Europe/Atlantis' }],
  ['whole days that begin at noon', { allDay: true }],
  [
    'two repliers',
    {
      method: 'REPLY',
      recurrence: null,
      overrides: [],
      attendees: [
        { name: '', email: 'a@x.example' },
        { name: '', email: 'b@x.example' },
      ],
    },
  ],
])('%s is refused', (_what, change) => {
  expect(() => writeInvitation({ ...series, ...change })).toThrow(InvalidInvitationError);
});

test('moving one occurrence asks everybody again, renaming it does not', () => {
  const [override] = series.overrides!;
  const moved = { ...series, overrides: [{ ...override!, end: new Date('2026-12-02T03:00:00Z') }] };
  expect(compareRevisions(series, moved)).toEqual({ changed: true, material: true, resetsReplies: true });
  const renamed = { ...series, overrides: [{ ...override!, summary: '又一次' }] };
  expect(compareRevisions(series, renamed)).toEqual({ changed: true, material: false, resetsReplies: false });
  const elsewhere = { ...series, overrides: [{ ...override!, location: '303' }] };
  expect(compareRevisions(series, elsewhere)).toEqual({
    changed: true,
    material: true,
    resetsReplies: false,
  });
  const off = { ...series, recurrence: { ...series.recurrence!, excluded: [] } };
  expect(compareRevisions(series, off)).toEqual({ changed: true, material: true, resetsReplies: true });
});

test.each(['REPLY', 'COUNTER', 'DECLINECOUNTER'] as const)(
  '%s of one occurrence is valid and comes back',
  (method) => {
    const { recurrence: _, overrides: __, ...one } = series;
    const reply: CalendarInvitation = { ...one, method, recurrenceId: new Date('2026-12-01T06:00:00Z') };
    const text = writeInvitation(reply);
    expect(validateItip(text)).toEqual([]);
    expect(readInvitation(text)).toEqual(canonicalInvitation(reply));
  },
);

test('a refresh names the event and who asks, and nothing else', () => {
  const text = writeRefresh({
    uid: series.uid,
    stampedAt: series.stampedAt,
    organizerEmail: 'rsvp@duijie.example',
    attendeeEmail: 'wang@institute.example',
  });
  expect(validateItip(text)).toEqual([]);
  expect(lines(text).slice(4, -3)).toEqual([
    'BEGIN:VEVENT',
    'UID:series@duijie.example',
    'DTSTAMP:20261101T020304Z',
    'ORGANIZER:mailto:rsvp@duijie.example',
    'ATTENDEE:mailto:wang@institute.example',
  ]);
});

test('any series comes back as it was written, in any zone', () => {
  const zone = fc.constantFrom(
    'Asia/Shanghai',
    'UTC',
    'Europe/London',
    'America/St_Johns',
    'Australia/Lord_Howe',
  );
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const arbitrary = fc.record({
    timeZone: zone,
    day: fc.integer({ min: 0, max: 700 }),
    minute: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 600 }),
    rule: fc.constantFrom(
      'FREQ=DAILY;COUNT=9',
      'FREQ=WEEKLY;COUNT=9;BYDAY=MO,TH',
      'FREQ=MONTHLY;COUNT=9',
      'FREQ=DAILY;INTERVAL=2',
    ),
    excluded: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
    moved: fc.uniqueArray(
      fc.record({
        at: fc.integer({ min: 0, max: 6 }),
        by: fc.integer({ min: -600, max: 600 }),
        summary: text,
        location: text,
      }),
      { maxLength: 3, selector: (one) => one.at },
    ),
    summary: text,
  });
  fc.assert(
    fc.property(arbitrary, ({ timeZone, day, minute, length, rule, excluded, moved, summary }) => {
      const start = new Date(Date.UTC(2026, 0, 1) + day * DAY + minute * 60_000);
      // Local time, which rules need, cannot say that something begins when a clock shows an hour for the second time.
      fc.pre(!isSecondOfTwo(start, timeZone));
      const plain = { start, timeZone, recurrence: { rules: [rule], additional: [], excluded: [] } };
      const starts = occurrences(plain, start, new Date(start.getTime() + 900 * DAY));
      const overrides = moved
        .filter((one) => !excluded.includes(one.at) && starts[one.at] !== undefined)
        .map(({ at, by, ...words }) => {
          const from = new Date(starts[at]!.getTime() + by * 60_000);
          return {
            ...words,
            recurrenceId: starts[at]!,
            start: from,
            end: new Date(from.getTime() + 60_000),
            description: '',
          };
        });
      const invitation: CalendarInvitation = {
        ...series,
        start,
        end: new Date(start.getTime() + length * 60_000),
        timeZone,
        summary,
        recurrence: { rules: [rule], additional: [], excluded: excluded.flatMap((at) => starts[at] ?? []) },
        overrides,
      };
      const written = writeInvitation(invitation);
      expect(validateItip(written)).toEqual([]);
      expect(readInvitation(written)).toEqual(canonicalInvitation(invitation));
    }),
    { numRuns: 150 },
  );
});

test('an end at the second of two equal hours is said in UTC', () => {
  const invitation: CalendarInvitation = {
    ...series,
    timeZone: 'America/St_Johns',
    start: new Date('2026-11-01T00:00:00Z'),
    end: new Date('2026-11-01T04:30:00Z'),
    recurrence: { rules: ['FREQ=DAILY;COUNT=9'], additional: [], excluded: [] },
    overrides: [],
  };
  const written = writeInvitation(invitation);
  expect(written).toContain('DTSTART;TZID=America/St_Johns:20261031T213000\r\n');
  expect(written).toContain('DTEND:20261101T043000Z\r\n');
  expect(validateItip(written)).toEqual([]);
  expect(readInvitation(written)).toEqual(canonicalInvitation(invitation));
});

/** 01:30 in New York, for the second time. */
const SECOND = new Date('2026-11-01T06:30:00Z');

test.each([
  ['and ends later', '2026-11-01T08:00:00Z', true],
  ['and ends in the same hour', '2026-11-01T06:45:00Z', false],
])(
  'a start at the second of two equal hours is said in UTC, when the event begins %s',
  (_when, end, zoned) => {
    const { recurrence: _, overrides: __, ...single } = series;
    const invitation = { ...single, timeZone: 'America/New_York', start: SECOND, end: new Date(end) };
    const written = writeInvitation(invitation);
    expect(written).toContain('DTSTART:20261101T063000Z\r\n');
    expect(written.includes('BEGIN:VTIMEZONE')).toBe(zoned);
    expect(validateItip(written)).toEqual([]);
    expect(readInvitation(written)).toEqual(
      canonicalInvitation({ ...invitation, timeZone: zoned ? invitation.timeZone : 'UTC' }),
    );
  },
);

test('occurrences at the second of two equal hours are named, added and struck in UTC', () => {
  const before = new Date('2026-10-31T05:30:00Z');
  const dates = {
    ...series,
    timeZone: 'America/New_York',
    start: before,
    end: new Date('2026-10-31T06:00:00Z'),
  };
  const later = new Date('2026-11-02T06:30:00Z');
  const override = {
    recurrenceId: later,
    start: SECOND,
    end: new Date('2026-11-01T07:00:00Z'),
    summary: '改期',
    description: '',
    location: '',
  };
  for (const invitation of [
    { ...dates, recurrence: { rules: [], additional: [SECOND], excluded: [] }, overrides: [] },
    {
      ...dates,
      recurrence: { rules: ['FREQ=DAILY;COUNT=4'], additional: [], excluded: [SECOND] },
      overrides: [],
    },
    {
      ...dates,
      recurrence: { rules: ['FREQ=DAILY;COUNT=4'], additional: [], excluded: [] },
      overrides: [override],
    },
  ]) {
    const written = writeInvitation(invitation);
    expect(written).toMatch(/^(RDATE|EXDATE|DTSTART):20261101T063000Z\r$/m);
    expect(written).toContain('BEGIN:VTIMEZONE');
    expect(validateItip(written)).toEqual([]);
    expect(readInvitation(written)).toEqual(canonicalInvitation(invitation));
  }
  const { recurrence: _, overrides: __, ...single } = dates;
  const one = { ...single, recurrenceId: SECOND, start: later, end: new Date('2026-11-02T07:00:00Z') };
  const written = writeInvitation({ ...one, method: 'CANCEL', cancelledWhole: true });
  expect(written).toContain('RECURRENCE-ID:20261101T063000Z\r\n');
  expect(validateItip(written)).toEqual([]);
});
