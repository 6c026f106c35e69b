import type { StatedAttendee, StatedEvent } from './itip-message.js';

/**
 * A reply with the one attendee who makes it (RFC 5546 §3.2.3). Clients write the same attendee twice, and who delegates
 * or was delegated to lists both (RFC 5546 §4.2.5): then it is the one whose address the mail is from. A reply that
 * stays ambiguous is returned as it is.
 */
export function withOneRespondent(event: StatedEvent, from: readonly string[]): StatedEvent {
  const [first, second] = event.attendees;
  if (first === undefined || second === undefined) return event;
  if (event.attendees.every((other) => saysTheSame(first, other))) return { ...event, attendees: [first] };
  if (event.attendees.length > 2 || !isDelegation(first, second)) return event;
  const writer = event.attendees.filter((attendee) => attendee.addresses.some((one) => from.includes(one)));
  return writer.length === 1 ? { ...event, attendees: writer } : event;
}

function saysTheSame(one: StatedAttendee, other: StatedAttendee): boolean {
  return (
    one.partstat === other.partstat &&
    one.addresses.length > 0 &&
    one.addresses.join() === other.addresses.join()
  );
}

function isDelegation(one: StatedAttendee, other: StatedAttendee): boolean {
  const names = (a: StatedAttendee, b: StatedAttendee) =>
    a.delegates.some((address) => b.addresses.includes(address));
  return names(one, other) || names(other, one);
}
