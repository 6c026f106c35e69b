import { isOrganizer, isStaff, type Actor } from './actor.js';
import { sidesOf, type Side, type TwoSides } from './deal-access.js';

export interface MeetingParties extends TwoSides {
  readonly enterprisePersonId: string;
  readonly institutePersonId: string;
}

const participates = (actor: Actor | null, meeting: MeetingParties): boolean =>
  actor !== null &&
  (actor.personId === meeting.enterprisePersonId || actor.personId === meeting.institutePersonId);

export const maySeeMeetingResult = (actor: Actor | null, meeting: MeetingParties): boolean =>
  isStaff(actor) || participates(actor, meeting) || sidesOf(actor, meeting).length > 0;

/** Whether it took place is recorded by staff or by one of the two who met; a recorded one is corrected by organizers. */
export const mayRecordOutcome = (actor: Actor | null, meeting: MeetingParties, recorded: boolean): boolean =>
  recorded ? isOrganizer(actor) : isStaff(actor) || participates(actor, meeting);

/** The side for which the actor writes and reads follow-ups: the own one; `wanted` decides for somebody on both. */
export function followUpSide(actor: Actor | null, meeting: MeetingParties, wanted?: Side): Side | null {
  const sides = sidesOf(actor, meeting);
  if (wanted !== undefined) return sides.includes(wanted) ? wanted : null;
  if (sides.length === 2 && actor?.personId === meeting.institutePersonId) return 'institute';
  return sides[0] ?? null;
}
