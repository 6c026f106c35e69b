import type { CalendarInvitation } from './invitation.js';
import { compareRevisions, fnv1a128, invitationFingerprint, nextSequence } from './next-sequence.js';

const invitation: CalendarInvitation = {
  method: 'REQUEST',
  uid: '1@duijie.example',
  sequence: 4,
  stampedAt: new Date('2026-11-01T00:00:00Z'),
  start: new Date('2026-11-22T06:00:00Z'),
  end: new Date('2026-11-22T07:00:00Z'),
  timeZone: 'Asia/Shanghai',
  summary: '对接会',
  description: '',
  location: '301',
  url: '',
  organizer: { name: '科技局', email: 'rsvp@duijie.example' },
  attendees: [
    { name: '甲', email: 'a@x.example' },
    { name: '乙', email: 'b@x.example' },
  ],
  status: 'CONFIRMED',
  reminders: [30],
  createdAt: new Date('2026-10-01T00:00:00Z'),
  lastModifiedAt: new Date('2026-10-01T00:00:00Z'),
  cancelledWhole: false,
};
const [first, second] = invitation.attendees;

test.each<[string, Partial<CalendarInvitation>, boolean, boolean, boolean]>([
  ['nothing', {}, false, false, false],
  ['stamps only', { stampedAt: new Date(), sequence: 9, lastModifiedAt: new Date() }, false, false, false],
  [
    'an answer',
    { attendees: [{ ...first!, partstat: 'ACCEPTED', rsvp: false }, second!] },
    false,
    false,
    false,
  ],
  ['the order of attendees', { attendees: [second!, first!] }, false, false, false],
  ['the start', { start: new Date('2026-11-22T06:15:00Z') }, true, true, true],
  ['the end', { end: new Date('2026-11-22T07:15:00Z') }, true, true, true],
  ['the zone', { timeZone: 'UTC' }, true, true, true],
  ['the status', { status: 'TENTATIVE' }, true, true, true],
  ['cancelling', { method: 'CANCEL', cancelledWhole: true }, true, true, true],
  ['the place', { location: '302' }, true, true, false],
  ['a removed attendee', { attendees: [first!] }, true, true, false],
  [
    'an added attendee',
    { attendees: [...invitation.attendees, { name: '丙', email: 'c@x.example' }] },
    true,
    false,
    false,
  ],
  ['the summary', { summary: '改名' }, true, false, false],
  ['the description', { description: '议程' }, true, false, false],
  ['a reminder', { reminders: [15] }, true, false, false],
])('changing %s', (_what, change, changed, material, resetsReplies) => {
  const next = { ...invitation, ...change };
  expect(compareRevisions(invitation, next)).toEqual({ changed, material, resetsReplies });
  expect(nextSequence(invitation, next)).toBe(material ? 5 : 4);
  expect(invitationFingerprint(invitation) !== invitationFingerprint(next)).toBe(changed);
});

test('the hash follows the published vectors', () => {
  expect(fnv1a128('')).toBe('6c62272e07bb014262b821756295c58d');
  expect(fnv1a128('a')).toBe('d228cb696f1a8caf78912b704e4a8964');
});
