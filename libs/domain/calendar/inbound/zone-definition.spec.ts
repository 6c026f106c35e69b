import fc from 'fast-check';
import { instantOf, utcOf, utcWall } from '../zone-clock.js';
import { readCalendarObjects } from './read-calendar-lines.js';
import { readZoneDefinition } from './zone-definition.js';

const zoneOf = (...lines: string[]) =>
  readZoneDefinition(
    readCalendarObjects(['BEGIN:VTIMEZONE', ...lines, 'END:VTIMEZONE'].join('\n'))[0]!.components[0]!,
  );
const part = (name: string, from: string, to: string, ...lines: string[]) => [
  `BEGIN:${name}`,
  `TZOFFSETFROM:${from}`,
  `TZOFFSETTO:${to}`,
  ...lines,
  `END:${name}`,
];
/** As Exchange writes it. */
const EASTERN = [
  ...part(
    'STANDARD',
    '-0400',
    '-0500',
    'DTSTART:16010101T020000',
    'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11',
  ),
  ...part(
    'DAYLIGHT',
    '-0500',
    '-0400',
    'DTSTART:16010101T020000',
    'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3',
  ),
];
const BERLIN = [
  ...part('DAYLIGHT', '+0100', '+0200', 'DTSTART:19810329T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'),
  ...part('STANDARD', '+0200', '+0100', 'DTSTART:19961027T030000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'),
];
/** RFC 5545 §3.6.5, with the rules of before 2007 until their end. */
const TWO_RULES = [
  ...part(
    'DAYLIGHT',
    '-0500',
    '-0400',
    'DTSTART:19870405T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z',
  ),
  ...part(
    'DAYLIGHT',
    '-0500',
    '-0400',
    'DTSTART:20070311T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU',
  ),
  ...part(
    'STANDARD',
    '-0400',
    '-0500',
    'DTSTART:19671029T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z',
  ),
  ...part('STANDARD', '-0400', '-0500', 'DTSTART:20071104T020000', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU'),
];

test.each([
  ['America/New_York', EASTERN, 2007],
  ['Europe/Berlin', BERLIN, 1997],
  ['America/New_York', TWO_RULES, 1988],
])('a definition of %s tells the same instants as its data', (name, lines, from) => {
  const zone = zoneOf(...lines)!;
  const differs = (time: number) => {
    const wall = utcWall(new Date(time));
    return utcOf(wall) - zone(wall) * 1000 !== instantOf(wall, name).getTime();
  };
  const minutes = { min: Date.UTC(from, 0, 2) / 60_000, max: Date.UTC(2037, 0, 1) / 60_000 };
  fc.assert(
    fc.property(fc.integer(minutes), (minute) => !differs(minute * 60_000)),
    { numRuns: 500 },
  );
  const found: number[] = [];
  for (let time = Date.UTC(2026, 0, 1); time < Date.UTC(2027, 0, 1); time += 1_800_000) {
    if (differs(time)) found.push(time);
  }
  expect(found).toEqual([]);
});

const at = (time: string) => utcWall(new Date(`${time}Z`));

test('changes that happened once count from then on', () => {
  const zone = zoneOf(
    ...part('STANDARD', '+080543', '+0800', 'DTSTART:19010101T000000'),
    ...part('DAYLIGHT', '+0800', '+0900', 'DTSTART:19860504T000000', 'RDATE:19870412T000000,19880410T000000'),
    ...part(
      'STANDARD',
      '+0900',
      '+0800',
      'DTSTART:19860914T000000',
      'RDATE:19870913T000000',
      'RDATE:19880911T000000',
    ),
  )!;
  expect(
    [
      '1900-01-01T00:00',
      '1950-01-01T00:00',
      '1986-07-01T00:00',
      '1987-01-01T00:00',
      '1988-07-01T00:00',
      '2026-07-01T00:00',
    ]
      .map(at)
      .map(zone),
  ).toEqual([29_143, 28_800, 32_400, 28_800, 32_400, 28_800]);
});

test('a rule with COUNT or INTERVAL ends and rests', () => {
  const zone = zoneOf(
    ...part('STANDARD', '+0100', '+0000', 'DTSTART:20001001T000000', 'RRULE:FREQ=YEARLY;BYMONTH=10'),
    ...part('DAYLIGHT', '+0000', '+0100', 'DTSTART:20010401T000000', 'RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=3'),
  )!;
  expect([2001, 2002, 2003, 2005, 2007].map((year) => zone(at(`${year}-07-01T00:00`)))).toEqual([
    3600, 0, 3600, 3600, 0,
  ]);
});

test.each([
  ['nothing', []],
  [
    'a rule that is not yearly',
    part('STANDARD', '+0000', '+0100', 'DTSTART:20000101T000000', 'RRULE:FREQ=DAILY'),
  ],
  [
    'a part that is not read',
    part('STANDARD', '+0000', '+0100', 'DTSTART:20000101T000000', 'RRULE:FREQ=YEARLY;BYSETPOS=1'),
  ],
  ['no first onset', part('STANDARD', '+0000', '+0100')],
  ['an offset that is none', part('STANDARD', '0', '+0100', 'DTSTART:20000101T000000')],
  [
    'a weekday of the year',
    part('STANDARD', '+0000', '+0100', 'DTSTART:20000101T000000', 'RRULE:FREQ=YEARLY;BYDAY=1SU'),
  ],
  ['more changes than any zone has', Array.from({ length: 101 }, () => EASTERN).flat()],
])('%s is no definition', (_what, lines) => {
  expect(zoneOf(...lines, ...(lines.length === 0 ? [] : EASTERN))).toBeNull();
});
