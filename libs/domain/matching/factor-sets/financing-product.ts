import type { FactorSet } from './factor-set.js';

/** 融资需求 with 金融产品: conditions decide, words hardly. */
export const financingProduct: FactorSet = {
  requestKind: 'financing',
  offerKind: 'finance-product',
  combine: 'additive',
  calibration: { offset: -7.1526, slope: 9.5668 },
  request: { title: 1, keywords: 1, body: 0.15 },
  text: [{ code: 'lexical', weight: 0.14 }],
  structure: [
    { code: 'amount', weight: 0.18 },
    { code: 'financing', weight: 0.16 },
    { code: 'security', weight: 0.12 },
    { code: 'stage', weight: 0.1 },
    { code: 'qualification', weight: 0.08 },
    { code: 'revenue', weight: 0.08 },
    { code: 'term', weight: 0.07 },
    { code: 'region', weight: 0.04 },
    { code: 'keywords', weight: 0.03 },
  ],
  exclusions: ['amount-out-of-range'],
  shown: ['fact', 'terms', 'region'],
  minScore: 0.15,
};
