import { isMemberOf, isStaff, type Actor } from './actor.js';

export interface NeedForAcceptance {
  readonly organisationId: string | null;
  readonly status: string;
  readonly disclosure: string;
}

/** Only the organisation that raised a need can say that it is solved: no role of the platform stands in for it. */
export const mayAcceptNeed = (actor: Actor | null, need: NeedForAcceptance): boolean =>
  isMemberOf(actor, need.organisationId);

const OPEN_STATUSES: readonly string[] = ['published', 'engaged', 'contracted', 'accepted', 'closed'];
const OPEN_DISCLOSURES: readonly string[] = ['public', 'redacted'];

/** The two sides and staff read statement and deal; others, where the need itself is open, only whether it is solved. */
export function seesAcceptance(
  actor: Actor | null,
  need: NeedForAcceptance,
  dealInstituteIds: readonly string[],
): 'everything' | 'whether' | 'nothing' {
  if (isStaff(actor) || isMemberOf(actor, need.organisationId)) return 'everything';
  if (dealInstituteIds.some((id) => isMemberOf(actor, id))) return 'everything';
  return OPEN_STATUSES.includes(need.status) && OPEN_DISCLOSURES.includes(need.disclosure)
    ? 'whether'
    : 'nothing';
}
