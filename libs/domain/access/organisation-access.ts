import { isMemberOf, isOrganizer, isOwnerOf, isStaff, type Actor } from './actor.js';

/** What the policies need to know of an organisation. */
export interface OrganisationFacts {
  readonly id: string;
  readonly status: 'pending' | 'verified' | 'rejected';
}

/** Why somebody may read sealed contact fields; readings by `staff` and `grant` are written to the audit log. */
export type ContactReason = 'member' | 'staff' | 'grant';

/** Verified organisations are public; the others are seen by their members and by staff. */
export const maySeeOrganisation = (actor: Actor | null, organisation: OrganisationFacts): boolean =>
  organisation.status === 'verified' || isStaff(actor) || isMemberOf(actor, organisation.id);

export const mayEditOrganisation = (actor: Actor | null, organisation: OrganisationFacts): boolean =>
  isOrganizer(actor) || isOwnerOf(actor, organisation.id);

export const mayVerifyOrganisation = (actor: Actor | null): boolean => isOrganizer(actor);

export const maySeeMembers = (actor: Actor | null, organisation: OrganisationFacts): boolean =>
  isStaff(actor) || isMemberOf(actor, organisation.id);

export const mayManageMembers = (actor: Actor | null, organisation: OrganisationFacts): boolean =>
  mayEditOrganisation(actor, organisation);

/** Everybody may leave; others are removed by an owner or an organizer. */
export const mayRemoveMember = (
  actor: Actor | null,
  organisation: OrganisationFacts,
  personId: string,
): boolean => actor?.personId === personId || mayManageMembers(actor, organisation);

/** The strongest reason for which the contact fields are open to the actor, or null: sealed. */
export function contactReason(
  actor: Actor | null,
  organisation: OrganisationFacts,
  holdsGrant: boolean,
): ContactReason | null {
  if (actor === null) return null;
  if (isMemberOf(actor, organisation.id)) return 'member';
  if (isStaff(actor)) return 'staff';
  return holdsGrant && maySeeOrganisation(actor, organisation) ? 'grant' : null;
}

/** What an organisation is verified for: a change of these by its owner needs a new look. */
export interface VerifiedFields {
  readonly name: string;
  readonly kind: string;
  readonly uscc: string | null;
}

/**
 * Status after an edit. An organizer's edit keeps it; an owner's edit of a verified field sends a verified organisation
 * back to pending, and any owner's edit of a rejected one asks for a new look.
 */
export function statusAfterEdit(
  actor: Actor | null,
  status: OrganisationFacts['status'],
  before: VerifiedFields,
  after: VerifiedFields,
): OrganisationFacts['status'] {
  if (isOrganizer(actor)) return status;
  if (status === 'rejected') return 'pending';
  const same = before.name === after.name && before.kind === after.kind && before.uscc === after.uscc;
  return same ? status : 'pending';
}
