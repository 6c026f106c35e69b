import { isMemberOf, isOrganizer, isStaff, type Actor } from './actor.js';

export interface RegistrationFacts {
  readonly personId: string;
}

/** The registered person, organizers, and staff who stand at the door. */
export const canReadRegistration = (actor: Actor | null, registration: RegistrationFacts): boolean =>
  isStaff(actor) || actor?.personId === registration.personId;

/** Cancelling, changing answers, answering an offer without its link. */
export const canChangeRegistration = (actor: Actor | null, registration: RegistrationFacts): boolean =>
  isOrganizer(actor) || actor?.personId === registration.personId;

/** The ticket opens the door for its bearer: nobody else gets it. */
export const canHoldTicket = (actor: Actor | null, registration: RegistrationFacts): boolean =>
  actor !== null && actor.personId === registration.personId;

/** People register for themselves or for an organisation they belong to. */
export const canRegisterFor = (actor: Actor | null, organisationId: string | null): boolean =>
  actor !== null && (organisationId === null || isMemberOf(actor, organisationId));
