/**
 * What stands in the delivery log where the platform itself decided and no other server answered. Pages say it in their
 * reader's language.
 */
export const OWN_RESPONSES = {
  held: 'Held back: earlier mails to this address failed on several days.',
  robotRemoved: 'The robot was removed.',
  robotOff: 'The robot is switched off.',
  noSmsProvider: 'No SMS provider is configured.',
  noSmsTemplate: 'No approved SMS template for this kind of message.',
  noWecomApp: 'No 企业微信 application is configured.',
  tooLate: 'too late',
  eventChanged: 'the event is off or at another time',
  unwanted: 'no longer wanted',
} as const;
export type OwnResponse = keyof typeof OWN_RESPONSES;

/** Begins the response of a try that was not repeated because the message may have arrived. */
export const UNKNOWN_WHETHER_SENT = 'Unknown whether it was sent: ';

/** Which of our own responses it is, else null. */
export const ownResponseIn = (text: string): OwnResponse | null =>
  (Object.keys(OWN_RESPONSES) as OwnResponse[]).find((key) => OWN_RESPONSES[key] === text) ?? null;
