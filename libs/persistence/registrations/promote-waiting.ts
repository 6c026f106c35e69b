import type { EntityManager } from 'typeorm';
import { isSeatingPossible } from '#libs/domain/registration/registration-window.js';
import { lockEvent } from './lock-event.js';
import { countPasses, offerSeats } from './offer-seats.js';
import { planSeats } from './plan-seats.js';

/**
 * Offers an event's free seats to its waiting list: call it in every transaction that frees seats or raises the
 * capacity. Locks the event. Returns ids of notifications to wake after the commit.
 */
export async function promoteWaiting(manager: EntityManager, eventId: string, now: Date): Promise<string[]> {
  const event = await lockEvent(manager, eventId);
  if (event === null || !isSeatingPossible(event, now)) return [];
  const { offers, skipped } = await planSeats(manager, event, []);
  await countPasses(manager, skipped);
  return offerSeats(manager, event, offers, now);
}
