import { Signer } from './secrets.js';

const PURPOSE = 'calendar-answer';

/** The token of `/rsvp/:token`, by which an attendee answers an invitation on the web: id and signature. */
export function answerToken(signer: Signer, calendarObjectId: string): string {
  return `${calendarObjectId}.${signer.sign(PURPOSE, calendarObjectId)}`;
}

/** The calendar object that a token opens, null when it opens none. */
export function answeredObject(signer: Signer, token: string): string | null {
  const [id = '', signature = ''] = token.split('.');
  return signer.verify(PURPOSE, id, signature) ? id : null;
}
