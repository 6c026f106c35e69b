import { ATTENDEE_METHODS, type ItipMessage } from './itip-message.js';
import type { CalendarPart } from './mail-facts.js';

/**
 * What the calendar parts of a mail say: every answer in them (RFC 6047 §2.4 allows several objects), each once, because
 * clients send the same object as an alternative and as an attachment. Without an answer the first part with a method
 * counts; null when there is none.
 */
export function calendarMessage(parts: readonly CalendarPart[]): ItipMessage | null {
  const messages = parts.map(messageOf).filter((message) => message !== null);
  const answers = messages.filter(({ method }) => ATTENDEE_METHODS.includes(method));
  const [first] = answers.length > 0 ? answers : messages;
  if (first === undefined) return null;
  const counted = answers.length > 0 ? answers : [first];
  const events = new Map(
    counted.flatMap((message) => message.events).map((event) => [JSON.stringify(event), event]),
  );
  return { method: first.method, events: [...events.values()] };
}

/** The object's METHOD wins over the parameter, which gateways drop or set wrongly (RFC 6047 §2.4). */
function messageOf({ message, methodParameter }: CalendarPart): ItipMessage | null {
  if (message === null || message.method !== '') return message;
  const method = methodParameter ?? '';
  return method === '' ? null : { method, events: message.events.map((event) => ({ ...event, method })) };
}
