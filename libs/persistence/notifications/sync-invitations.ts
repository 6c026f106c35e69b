import type { EntityManager } from 'typeorm';

/** Makes the calendar of a registration's person hold what it should; returns ids of notifications to wake. */
export async function syncRegistrationInvitation(
  manager: EntityManager,
  registrationId: string,
  now: Date,
): Promise<string[]> {
  void [manager, registrationId, now];
  throw new Error('not built yet');
}

/** The same for every registration and meeting of an event, after the event changed. */
export async function syncEventInvitations(manager: EntityManager, eventId: string, now: Date): Promise<string[]> {
  void [manager, eventId, now];
  throw new Error('not built yet');
}

/** The same for both sides of meetings, after a timetable was published or a meeting cancelled. */
export async function syncMeetingInvitations(
  manager: EntityManager,
  meetingIds: readonly string[],
  now: Date,
): Promise<string[]> {
  void [manager, meetingIds, now];
  throw new Error('not built yet');
}
