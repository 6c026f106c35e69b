import type { z } from 'zod';
import type { offerKind, requestKind } from '#libs/contracts/market/record-facts.js';

type OfferKind = z.infer<typeof offerKind>;
type RequestKind = z.infer<typeof requestKind>;

/** Kinds of offers that serve each kind of request, each ranked as a list of its own. */
const OFFERS: Readonly<Record<RequestKind, readonly OfferKind[]>> = {
  technology: ['achievement', 'expert'],
  outreach: ['lesson'],
  financing: ['finance-product'],
};
const REQUESTS: Readonly<Record<OfferKind, RequestKind>> = {
  achievement: 'technology',
  expert: 'technology',
  lesson: 'outreach',
  'finance-product': 'financing',
};

export const offerKindsOf = (request: RequestKind): readonly OfferKind[] => OFFERS[request];
export const requestKindOf = (offer: OfferKind): RequestKind => REQUESTS[offer];

/** The question by what is asked about: a need, or the kind of offer that is listed. */
export const askKey = (kind: 'need' | 'capability', otherKind: string | undefined): string =>
  kind === 'need' ? `question.ask.${otherKind ?? 'achievement'}` : 'question.ask.need';
