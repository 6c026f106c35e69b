import { registrationClosedReason, type RegistrationWindow } from '../registration/registration-window.js';

export type RegistrationDoor = 'not_open' | 'open' | 'waiting_list' | 'closed';

/** What somebody who wants to register meets at `now`; `waiting_list` = every seat is taken, but one may wait. */
export function registrationDoor(
  event: RegistrationWindow & { readonly capacity: number; readonly seatsTaken: number },
  now: Date,
): RegistrationDoor {
  const reason = registrationClosedReason(event, now);
  if (reason !== null) return reason === 'not-open' ? 'not_open' : 'closed';
  return event.seatsTaken < event.capacity ? 'open' : 'waiting_list';
}
