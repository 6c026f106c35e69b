import type { StatedAttendee, StatedEvent } from './itip-message.js';
import { withOneRespondent } from './respondent.js';

const attendee = (address: string, partstat: string, delegates: string[] = []): StatedAttendee => ({
  addresses: [address],
  delegates,
  partstat,
  name: '',
});
const event = (...attendees: StatedAttendee[]): StatedEvent => ({
  method: 'REPLY',
  uid: '1',
  recurrenceId: null,
  recurrenceIdBroken: false,
  andFuture: false,
  sequence: 0,
  stampedAt: null,
  organizer: null,
  attendees,
  start: null,
  end: null,
  comment: '',
});
const A = 'a@x.example';
const B = 'b@x.example';
const respondents = (from: string, ...attendees: StatedAttendee[]) =>
  withOneRespondent(event(...attendees), [from]).attendees.map((one) => one.addresses[0]);

test('the same attendee written twice is one, with two answers none', () => {
  expect(respondents(A, attendee(A, 'ACCEPTED'), attendee(A, 'ACCEPTED'))).toEqual([A]);
  expect(respondents(A, attendee(A, 'ACCEPTED'), attendee(A, 'DECLINED'))).toEqual([A, A]);
});

test('of a delegation it is who wrote', () => {
  const pair = [attendee(A, 'DELEGATED', [B]), attendee(B, 'ACCEPTED', [A])];
  expect([respondents(A, ...pair), respondents(B, ...pair)]).toEqual([[A], [B]]);
  expect(respondents('m@evil.example', ...pair)).toEqual([A, B]);
});

test('two attendees who have nothing to do with each other stay two', () => {
  expect(respondents(A, attendee(A, 'ACCEPTED'), attendee(B, 'ACCEPTED'))).toEqual([A, B]);
  expect(respondents(A)).toEqual([]);
});
