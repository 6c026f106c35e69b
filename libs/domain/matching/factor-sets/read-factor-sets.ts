import type { OfferKind, RequestKind } from '#libs/domain/market/record-kinds.js';
import type { FactorSet } from './factor-set.js';
import { financingProduct } from './financing-product.js';
import { outreachLesson } from './outreach-lesson.js';
import { technologyAchievement } from './technology-achievement.js';
import { technologyExpert } from './technology-expert.js';

/** Every pairing the engine knows, in the order in which results are listed. */
export const FACTOR_SETS: readonly FactorSet[] = [
  technologyAchievement,
  technologyExpert,
  outreachLesson,
  financingProduct,
];

/** The sets for a kind of request, one for each kind of offer that can serve it. */
export const factorSetsFor = (requestKind: RequestKind): readonly FactorSet[] =>
  FACTOR_SETS.filter((set) => set.requestKind === requestKind);

/** Kinds of offers that a kind of request is matched with. */
export const offerKindsFor = (requestKind: RequestKind): OfferKind[] =>
  factorSetsFor(requestKind).map(({ offerKind }) => offerKind);

/** How a pair is matched, or null when its kinds have nothing to do with each other. */
export const factorSetOf = (requestKind: RequestKind, offerKind: OfferKind): FactorSet | null =>
  FACTOR_SETS.find((set) => set.requestKind === requestKind && set.offerKind === offerKind) ?? null;
