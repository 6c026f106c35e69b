import type { FactorSet } from './factor-set.js';

/** 技术需求 with 科技成果. */
export const technologyAchievement: FactorSet = {
  requestKind: 'technology',
  offerKind: 'achievement',
  combine: 'text-bound',
  learned: true,
  request: { title: 1, keywords: 1, body: 0.15 },
  text: [{ code: 'lexical', weight: 1 }],
  // Sum 0.7: structure never replaces the text.
  structure: [
    { code: 'keywords', weight: 0.09 },
    { code: 'field', weight: 0.14 },
    { code: 'indicators', weight: 0.19 },
    { code: 'maturity', weight: 0.09 },
    { code: 'mode', weight: 0.07 },
    { code: 'region', weight: 0.06 },
    { code: 'price', weight: 0.06 },
  ],
  exclusions: [],
  shown: [
    'terms',
    'indicator',
    'maturity',
    'price',
    'field',
    'crosswalk',
    'mode',
    'region',
    'uncovered',
    'advice',
  ],
  minScore: 0,
};
