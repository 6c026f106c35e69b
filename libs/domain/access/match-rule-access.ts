import { isMemberOf, isOrganizer, isOwnerOf, isStaff, type Actor } from './actor.js';

type BlockKind = 'competitor' | 'dispute' | 'other';

/** Blocks are sealed: for members of the organisation and organizers. */
export const mayReadBlocks = (actor: Actor | null, organisationId: string): boolean =>
  isOrganizer(actor) || isMemberOf(actor, organisationId);

/** Disputes are recorded and ended by organizers, everything else by members of the organisation that states it. */
export const mayStateBlock = (actor: Actor | null, organisationId: string, kind: BlockKind): boolean =>
  kind === 'dispute' ? isOrganizer(actor) : isMemberOf(actor, organisationId);

export const mayReadMatchSettings = (actor: Actor | null, organisationId: string | null): boolean =>
  isStaff(actor) || isMemberOf(actor, organisationId);

/** Limits of an organisation bind all its members: owners set them. */
export const mayEditOrganisationMatching = (actor: Actor | null, organisationId: string): boolean =>
  isOrganizer(actor) || isOwnerOf(actor, organisationId);

/** Which group an organisation belongs to is a fact that organizers verify. */
export const maySetParent = (actor: Actor | null): boolean => isOrganizer(actor);

export const mayEditRecordMatching = (actor: Actor | null, organisationId: string | null): boolean =>
  isOrganizer(actor) || isMemberOf(actor, organisationId);
