import type { Series } from '../recurrence.js';
import {
  decideStatement,
  occurrencesMeant,
  type InvitedAttendee,
  type Statement,
} from './decide-statement.js';
import { readItipMessage, type StatedEvent } from './itip-message.js';

const read = (...lines: string[]): StatedEvent =>
  readItipMessage(
    new TextEncoder().encode(
      [
        'BEGIN:VCALENDAR',
        'METHOD:REPLY',
        'BEGIN:VEVENT',
        'UID:1',
        'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example',
        ...lines,
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\n'),
    ),
    null,
  ).events[0]!;
const series = (rule: string): Series => ({
  start: new Date('2026-03-10T06:00:00Z'),
  timeZone: 'Asia/Shanghai',
  recurrence: { rules: [rule], additional: [], excluded: [new Date('2026-03-24T06:00:00Z')] },
});
const instants = (events: readonly StatedEvent[]) =>
  events.map(
    (event) => event.recurrenceId && new Date(event.recurrenceId.instant!).toISOString().slice(0, 10),
  );

test('an answer for this and all later occurrences is one for each of them', () => {
  const weekly = series('FREQ=WEEKLY;COUNT=5');
  const range = read('RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:20260317T140000');
  expect(instants(occurrencesMeant(range, weekly))).toEqual(['2026-03-17', '2026-03-31', '2026-04-07']);
  expect(occurrencesMeant(range, series('FREQ=DAILY')).length).toBe(200);
  const single = read('RECURRENCE-ID;TZID=Asia/Shanghai:20260317T140000');
  expect(occurrencesMeant(single, weekly)).toEqual([single]);
  const unknown = read('RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:20260318T140000');
  expect(occurrencesMeant(unknown, weekly)).toEqual([unknown]);
});

const received = new Date('2026-03-02T04:00:00Z');
const invited: InvitedAttendee = {
  state: 'active',
  sequence: 0,
  series: series('FREQ=WEEKLY;COUNT=5'),
  lengthMs: 5_400_000,
  answers: [
    {
      instance: null,
      answer: 'ACCEPTED',
      comment: '',
      sequence: 0,
      statedAt: new Date('2026-03-02T03:00:00Z'),
    },
  ],
};
const repeats = (event: StatedEvent, answers = invited.answers) => {
  const statement: Statement = { event, sentAt: null, receivedAt: received };
  const decision = decideStatement(statement, { ...invited, answers }, { granted: true, by: 'sender' });
  return decision.outcome === 'apply' && decision.repeated;
};

test('an answer that tells no believable time repeats the same answer, and changes another', () => {
  expect([repeats(read()), repeats(read('DTSTAMP:20991231T000000Z'))]).toEqual([true, true]);
  expect([repeats(read('DTSTAMP:20260302T033000Z')), repeats(read('COMMENT:带两位同事'))]).toEqual([
    false,
    false,
  ]);
  const declined = [{ ...invited.answers[0]!, answer: 'DECLINED' as const }];
  expect(repeats(read(), declined)).toBe(false);
});

test.each([
  ['DTEND:20260311T080000Z', '2026-03-11T08:00:00.000Z'],
  ['DURATION:PT30M', '2026-03-11T06:30:00.000Z'],
  ['DTEND:20260311T050000Z', '2026-03-11T07:30:00.000Z'],
  ['X-NO-END:1', '2026-03-11T07:30:00.000Z'],
])('a proposal with %s ends at %s, as long as the event when it does not say so', (line, end) => {
  const event = read('DTSTART:20260311T060000Z', line);
  const statement: Statement = { event: { ...event, method: 'COUNTER' }, sentAt: null, receivedAt: received };
  const decision = decideStatement(statement, invited, { granted: true, by: 'key' });
  expect(decision.outcome === 'proposal' && decision.end.toISOString()).toBe(end);
});

const CUSTOM_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Customized Time Zone',
  'BEGIN:STANDARD',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:-0400',
  'TZOFFSETTO:-0500',
  'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:-0500',
  'TZOFFSETTO:-0400',
  'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

test.each([
  ['that the object defines', CUSTOM_ZONE, '2026-03-11T06:00:00.000Z'],
  ['that nobody knows', [], 'quarantine'],
])('a proposal in a zone %s is not taken for the clock of the event', (_what, zone, decided) => {
  const lines = ['DTSTART', 'DTEND'].map(
    (name, index) => `${name};TZID=Customized Time Zone:20260311T02${index}000`,
  );
  const event = read(...lines, 'END:VEVENT', ...zone, 'BEGIN:VEVENT');
  const statement: Statement = { event: { ...event, method: 'COUNTER' }, sentAt: null, receivedAt: received };
  const decision = decideStatement(statement, invited, { granted: true, by: 'key' });
  expect(decision.outcome === 'proposal' ? decision.start.toISOString() : decision.outcome).toBe(decided);
});
