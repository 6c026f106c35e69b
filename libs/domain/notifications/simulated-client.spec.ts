import fc from 'fast-check';
import { canonicalInvitation } from '../calendar/canonical-invitation.js';
import type { CalendarInvitation } from '../calendar/invitation.js';
import { readInvitation } from '../calendar/read-invitation.js';
import { validateItip } from '../calendar/validate-itip.js';
import { writeInvitation } from '../calendar/write-invitation.js';
import { decideInvitation, type KnownInvitation, type WantedInvitation } from './decide-invitation.js';

/**
 * An attendee's calendar of RFC 5546 §2.1.5: of two objects with one UID the higher SEQUENCE counts, then the later
 * DTSTAMP; what was called off is gone, and older messages do not bring it back.
 */
class SimulatedCalendar {
  private readonly seen = new Map<string, { sequence: number; stamp: number }>();
  private readonly entries = new Map<string, CalendarInvitation>();

  receive(text: string): void {
    const message = readInvitation(text);
    const seen = this.seen.get(message.uid);
    const stamp = message.stampedAt.getTime();
    if (
      seen &&
      (message.sequence < seen.sequence || (message.sequence === seen.sequence && stamp < seen.stamp))
    )
      return;
    this.seen.set(message.uid, { sequence: message.sequence, stamp });
    if (message.method === 'CANCEL') this.entries.delete(message.uid);
    else this.entries.set(message.uid, message);
  }

  all(): CalendarInvitation[] {
    return [...this.entries.values()];
  }
}

const HOUR = 3_600_000;
const base: CalendarInvitation = {
  method: 'REQUEST',
  uid: 'truth@duijie.example',
  sequence: 0,
  stampedAt: new Date(Date.UTC(2098, 0, 1)),
  start: new Date('2099-01-05T06:00:00Z'),
  end: new Date('2099-01-05T07:00:00Z'),
  timeZone: 'Asia/Shanghai',
  summary: '对接会',
  description: '',
  location: '301',
  url: '',
  organizer: { name: '科技局', email: 'rsvp@duijie.example' },
  attendees: [{ name: '王工', email: 'wang@institute.example', rsvp: true }],
  status: 'CONFIRMED',
  reminders: [30],
  createdAt: new Date(Date.UTC(2098, 0, 1)),
  lastModifiedAt: new Date(Date.UTC(2098, 0, 1)),
  cancelledWhole: false,
};

type Edit = (truth: CalendarInvitation) => CalendarInvitation;
const at = (truth: CalendarInvitation, hours: number) => new Date(truth.start.getTime() + hours * HOUR);

/** Everything an organizer can do to an event that an attendee is told of. */
const edits: Record<string, Edit> = {
  later: (t) => ({ ...t, allDay: false, start: at(t, 1), end: at(t, 3), recurrence: null, overrides: [] }),
  nextDay: (t) => ({ ...t, start: at(t, 24), end: at(t, 48), recurrence: null, overrides: [] }),
  zone: (t) => ({
    ...t,
    allDay: false,
    timeZone: t.timeZone === 'UTC' ? 'Europe/Berlin' : 'UTC',
    recurrence: null,
    overrides: [],
  }),
  wholeDay: (t) => ({
    ...t,
    allDay: true,
    timeZone: 'UTC',
    start: new Date('2099-01-07'),
    end: new Date('2099-01-09'),
    recurrence: null,
    overrides: [],
  }),
  timed: (t) => ({ ...t, allDay: false, timeZone: 'Asia/Shanghai', recurrence: null, overrides: [] }),
  words: (t) => ({ ...t, summary: `${t.summary}！` }),
  room: (t) => ({ ...t, location: t.location === '301' ? '302' : '301' }),
  weekly: (t) => ({
    ...t,
    recurrence: { rules: ['FREQ=WEEKLY;COUNT=5'], additional: [], excluded: [] },
    overrides: [],
  }),
  dropOne: (t) =>
    t.recurrence ? { ...t, overrides: [], recurrence: { ...t.recurrence, excluded: [at(t, 7 * 24)] } } : t,
  moveOne: (t) =>
    t.recurrence && t.allDay !== true && t.timeZone === 'UTC'
      ? {
          ...t,
          overrides: [
            {
              recurrenceId: at(t, 14 * 24),
              start: at(t, 15 * 24),
              end: at(t, 15 * 24 + 2),
              summary: t.summary,
              description: '改期',
              location: '303',
            },
          ],
        }
      : t,
};

interface World {
  truth: CalendarInvitation;
  present: boolean;
  known: KnownInvitation | null;
  now: number;
  sent: { text: string; method: string }[];
}

/** What the notification service does after each change: decide, keep what was told, send. */
function sync(world: World, whole: boolean): void {
  const wanted: WantedInvitation = world.present
    ? { kind: 'active', invitation: world.truth }
    : { kind: 'gone', whole };
  const message = decideInvitation(world.known, wanted, new Date(world.now));
  if (message === null) return;
  const { invitation, purpose } = message;
  world.known = {
    state: purpose === 'cancel' ? 'cancelled' : 'active',
    sequence: invitation.sequence,
    invitation: { ...invitation, method: 'REQUEST', cancelledWhole: false },
  };
  const text = writeInvitation(invitation);
  expect(validateItip(text)).toEqual([]);
  world.sent.push({ text, method: invitation.method });
}

function play(steps: readonly { edit: string; presence: string; pause: number }[]): World {
  const world: World = { truth: base, present: false, known: null, now: Date.UTC(2098, 0, 1), sent: [] };
  for (const { edit, presence, pause } of steps) {
    world.now += pause;
    world.truth = edits[edit]!(world.truth);
    if (presence !== 'as before') world.present = presence === 'invited';
    sync(world, presence === 'called off');
  }
  return world;
}

const steps = fc.array(
  fc.record({
    edit: fc.constantFrom(...Object.keys(edits)),
    presence: fc.constantFrom('as before', 'as before', 'as before', 'invited', 'uninvited', 'called off'),
    pause: fc.constantFrom(0, 1, 999, 60_000),
  }),
  { minLength: 1, maxLength: 14 },
);

const truthOf = ({
  uid,
  start,
  end,
  timeZone,
  summary,
  location,
  allDay,
  recurrence,
  overrides,
}: CalendarInvitation) => ({
  uid,
  start,
  end,
  timeZone,
  summary,
  location,
  allDay,
  recurrence,
  overrides,
});

test('whatever was edited and in whatever order and number messages arrive, the calendar holds the truth once', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat()), (changes, shuffle) => {
      const world = play(changes);
      const deliveries = [...world.sent, ...world.sent].map((message, index) => ({
        message,
        key: shuffle[index] ?? index,
      }));
      deliveries.sort((a, b) => a.key - b.key);
      const calendar = new SimulatedCalendar();
      for (const { message } of deliveries) calendar.receive(message.text);
      const expected = world.present ? [truthOf(canonicalInvitation(world.truth))] : [];
      expect(calendar.all().map(truthOf)).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('a CANCEL never comes before its REQUEST, and revisions only grow', () => {
  fc.assert(
    fc.property(steps, (changes) => {
      const { sent } = play(changes);
      expect(sent[0]?.method ?? 'REQUEST').toBe('REQUEST');
      const revisions = sent.map(({ text }) => readInvitation(text));
      revisions.slice(1).forEach((revision, index) => {
        const before = revisions[index]!;
        expect(revision.sequence).toBeGreaterThanOrEqual(before.sequence);
        expect(revision.stampedAt.getTime()).toBeGreaterThan(before.stampedAt.getTime());
        if (revision.method === 'CANCEL')
          expect([before.method, revision.sequence]).toEqual(['REQUEST', before.sequence + 1]);
      });
    }),
    { numRuns: 200 },
  );
});
