import fc from 'fast-check';
import type { CalendarInvitation } from '../calendar/invitation.js';
import { validateItip } from '../calendar/validate-itip.js';
import { writeInvitation } from '../calendar/write-invitation.js';
import {
  decideInvitation,
  inWordsOf,
  type KnownInvitation,
  type WantedInvitation,
} from './decide-invitation.js';
import { fromStoredInvitation, type StoredInvitation } from './stored-invitation.js';

const NOW = new Date('2026-11-22T00:00:00Z');

const invitation: CalendarInvitation = {
  method: 'REQUEST',
  uid: 'event-1@calendar.duijie',
  sequence: 0,
  stampedAt: new Date(0),
  createdAt: new Date(0),
  lastModifiedAt: new Date(0),
  start: new Date('2026-12-01T06:00:00Z'),
  end: new Date('2026-12-01T08:00:00Z'),
  timeZone: 'Asia/Shanghai',
  summary: '对接会',
  description: '',
  location: '一号厅',
  url: '',
  organizer: { name: '科技局', email: 'a@b.example' },
  attendees: [{ name: '王', email: 'w@x.example' }],
  status: 'CONFIRMED',
  reminders: [],
  cancelledWhole: false,
};

test('somebody who was never invited hears of no cancellation', () => {
  expect(decideInvitation(null, { kind: 'gone', whole: true }, NOW)).toBeNull();
});

test('a message is never sent about what is over', () => {
  expect(decideInvitation(null, { kind: 'active', invitation }, invitation.end)).toBeNull();
});

test('storing keeps every field', () => {
  const stored = JSON.parse(JSON.stringify(invitation)) as StoredInvitation;
  expect(fromStoredInvitation(stored)).toEqual(invitation);
});

test('what a calendar says in the other language is no change, what it does not say is one', () => {
  const english = { ...invitation, summary: 'Matchmaking', location: 'Online: https://meet.example/1' };
  const wanted: WantedInvitation = {
    kind: 'active',
    invitation: english,
    translated: () => ({ ...english, summary: '对接会（上午）', location: '线上：https://meet.example/1' }),
  };
  const held = {
    ...invitation,
    stampedAt: NOW,
    createdAt: NOW,
    lastModifiedAt: NOW,
    location: '线上：https://meet.example/1',
  };
  expect(inWordsOf(wanted, held)).toEqual({ ...held, location: english.location });
  const known = { state: 'active', sequence: 4, invitation: inWordsOf(wanted, held) } as const;
  expect(decideInvitation(known, wanted, NOW)).toMatchObject({
    purpose: 'update',
    invitation: { sequence: 4, summary: 'Matchmaking', location: english.location },
  });
  const unmoved = { ...wanted, translated: () => held };
  const same = { state: 'active', sequence: 4, invitation: inWordsOf(unmoved, held) } as const;
  expect(decideInvitation(same, unmoved, NOW)).toBeNull();
});

/** What a calendar client keeps: messages with a lower (SEQUENCE, DTSTAMP) are ignored (RFC 5546 §2.1.5). */
class Calendar {
  entry: CalendarInvitation | null = null;
  receive(message: CalendarInvitation): void {
    const held = this.entry;
    const newer =
      held === null ||
      message.sequence > held.sequence ||
      (message.sequence === held.sequence && message.stampedAt > held.stampedAt);
    if (newer) this.entry = message;
  }
  get shown(): string {
    if (this.entry === null || this.entry.method === 'CANCEL') return 'nothing';
    return [this.entry.summary, this.entry.location, this.entry.start.toISOString()].join(' | ');
  }
}

const wish: fc.Arbitrary<WantedInvitation> = fc.oneof(
  fc.record({ kind: fc.constant('gone' as const), whole: fc.boolean() }),
  fc
    .record({ summary: fc.constantFrom('甲', '乙'), location: fc.constantFrom('一', '二'), hour: fc.nat(3) })
    .map(({ summary, location, hour }) => ({
      kind: 'active' as const,
      invitation: {
        ...invitation,
        summary,
        location,
        start: new Date(invitation.start.getTime() + hour * 600_000),
      },
    })),
);

test('after any series of wishes a calendar shows the last one, every message is valid and repeats say nothing', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
      const calendar = new Calendar();
      let known: KnownInvitation | null = null;
      for (const wanted of wishes) {
        const message = decideInvitation(known, wanted, NOW);
        if (message !== null) {
          expect(validateItip(writeInvitation(message.invitation))).toEqual([]);
          calendar.receive(message.invitation);
          known = {
            state: message.purpose === 'cancel' ? 'cancelled' : 'active',
            sequence: message.invitation.sequence,
            invitation: { ...message.invitation, method: 'REQUEST', cancelledWhole: false },
          };
        }
        expect(decideInvitation(known, wanted, NOW)).toBeNull();
        const expected =
          wanted.kind === 'gone'
            ? 'nothing'
            : [
                wanted.invitation.summary,
                wanted.invitation.location,
                wanted.invitation.start.toISOString(),
              ].join(' | ');
        expect(calendar.shown).toBe(expected);
      }
    }),
  );
});
