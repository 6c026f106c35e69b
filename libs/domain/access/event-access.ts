import { isOrganizer, type Actor } from './actor.js';

/** What decides who sees an event and what may be changed of it. */
export interface GuardedEvent {
  readonly state: string;
  readonly isTemplate: boolean;
}

/** States in which everybody sees an event: only what was published leads to them. */
const PUBLIC_STATES: readonly string[] = ['published', 'registration_closed', 'held', 'archived'];

/** What was called off stays for everybody to see, unless it was never more than a draft. */
export const isPublicEvent = (event: GuardedEvent & { readonly publishedAt: Date | null }): boolean =>
  !event.isTemplate &&
  (PUBLIC_STATES.includes(event.state) || (event.state === 'cancelled' && event.publishedAt !== null));

export const canSeeEvent = (
  actor: Actor | null,
  event: GuardedEvent & { readonly publishedAt: Date | null },
): boolean => isOrganizer(actor) || isPublicEvent(event);

/** The address of the online room is for organizers and for people whose seat is confirmed. */
export const canSeeOnlineRoom = (actor: Actor | null, registrationStatus: string | null): boolean =>
  isOrganizer(actor) || registrationStatus === 'confirmed';

/** Fields of an event that only describe it: they may be corrected after it was held. */
const DESCRIPTION = new Set([
  'title',
  'titleEn',
  'intro',
  'tags',
  'hostId',
  'programmeId',
  'editionNo',
  'kind',
]);

/** Those of `fields` that can no longer be changed in the event's state. */
export function lockedFields(event: GuardedEvent, fields: readonly string[]): string[] {
  switch (event.state) {
    case 'draft':
    case 'published':
    case 'registration_closed':
      return [];
    case 'held':
      return fields.filter((field) => !DESCRIPTION.has(field));
    default:
      return [...fields];
  }
}
