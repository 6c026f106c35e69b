import { isAdministrator, isOrganizer, isStaff, type Actor } from './actor.js';

/**
 * Who may call a route at all. Every route names one; what a caller may see or change of a single record is decided by
 * the record policies of the same folder. `decideRoute` is the only place that reads the table.
 */
const routePolicies = {
  /** Everybody, signed in or not. */
  public: () => true,
  signedIn: (actor: Actor | null) => actor !== null,
  /** Belongs to at least one organisation (verified or not), or is an organizer. */
  member: (actor: Actor | null) => isOrganizer(actor) || (actor?.memberships.length ?? 0) > 0,
  /** Organizers, administrators, brokers and service officers. */
  staff: isStaff,
  organizer: isOrganizer,
  administrator: isAdministrator,
} satisfies Record<string, (actor: Actor | null) => boolean>;

export type RoutePolicy = keyof typeof routePolicies;

export type RouteDecision = 'allow' | 'sign-in' | 'forbid';

export function decideRoute(policy: RoutePolicy, actor: Actor | null): RouteDecision {
  if (routePolicies[policy](actor)) return 'allow';
  return actor === null ? 'sign-in' : 'forbid';
}
