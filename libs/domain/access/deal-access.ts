import { isMemberOf, isStaff, type Actor } from './actor.js';

/** The two organisations of a deal or meeting. */
export interface TwoSides {
  readonly enterpriseId: string;
  readonly instituteId: string;
}

export type Side = 'enterprise' | 'institute';

/** Sides on which the actor's organisations stand. */
export function sidesOf(actor: Actor | null, sides: TwoSides): Side[] {
  return [
    ...(isMemberOf(actor, sides.enterpriseId) ? (['enterprise'] as const) : []),
    ...(isMemberOf(actor, sides.instituteId) ? (['institute'] as const) : []),
  ];
}

/** A deal, its amounts and evidence are seen by both sides' members and staff; everybody who sees it may move it on. */
export const maySeeDeal = (actor: Actor | null, deal: TwoSides): boolean =>
  isStaff(actor) || sidesOf(actor, deal).length > 0;

export type OpenDealDecision = 'allow' | 'hidden' | 'not-mutual';

/** Staff may record a deal of any match; a side's member once both sides have expressed interest. */
export function mayOpenDeal(actor: Actor | null, sides: TwoSides, mutual: boolean): OpenDealDecision {
  if (isStaff(actor)) return 'allow';
  if (sidesOf(actor, sides).length === 0) return 'hidden';
  return mutual ? 'allow' : 'not-mutual';
}
