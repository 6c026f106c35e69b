export type PlatformRole = 'organizer' | 'administrator' | 'broker' | 'service_officer';

export interface ActorMembership {
  readonly organisationId: string;
  /** Code of list organisation-kind. */
  readonly organisationKind: string;
  readonly organisationVerified: boolean;
  readonly role: 'owner' | 'member';
}

/** Who acts: a signed-in person with everything that decides what they may do. A visitor is `null`. */
export interface Actor {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'zh-CN' | 'en';
  readonly roles: readonly PlatformRole[];
  readonly memberships: readonly ActorMembership[];
  readonly sessionId: string;
}

export const isOrganizer = (actor: Actor | null): boolean =>
  actor !== null && (actor.roles.includes('organizer') || actor.roles.includes('administrator'));

export const isAdministrator = (actor: Actor | null): boolean =>
  actor?.roles.includes('administrator') ?? false;

/** Brokers and service officers read what organizers read about needs, capabilities and organisations, sealed or not. */
export const isStaff = (actor: Actor | null): boolean =>
  isOrganizer(actor) ||
  (actor?.roles.some((role) => role === 'broker' || role === 'service_officer') ?? false);

export const isMemberOf = (actor: Actor | null, organisationId: string | null): boolean =>
  organisationId !== null && (actor?.memberships.some((m) => m.organisationId === organisationId) ?? false);

export const isOwnerOf = (actor: Actor | null, organisationId: string | null): boolean =>
  organisationId !== null &&
  (actor?.memberships.some((m) => m.organisationId === organisationId && m.role === 'owner') ?? false);
