import type { FactorSet } from './factor-set.js';

/**
 * 技术需求 with 专家. A person is what they wrote and did: the profile as a whole and the mean of the three best works
 * carry most (profile cosine with the best works is the strongest lexical ranking of reviewers; the best work alone and
 * the mean of all are worse).
 */
export const technologyExpert: FactorSet = {
  requestKind: 'technology',
  offerKind: 'expert',
  combine: 'additive',
  calibration: { offset: -3.8832, slope: 7.2184 },
  request: { title: 1, keywords: 1, body: 0.15 },
  text: [
    { code: 'lexical', weight: 0.35 },
    { code: 'works', weight: 0.27 },
  ],
  structure: [
    { code: 'field', weight: 0.16 },
    { code: 'keywords', weight: 0.06 },
    { code: 'mode', weight: 0.05 },
    { code: 'region', weight: 0.03 },
    { code: 'title', weight: 0.02 },
    { code: 'availability', weight: 0.02 },
    { code: 'recency', weight: 0.02 },
    { code: 'load', weight: 0.02 },
  ],
  exclusions: ['not-available'],
  shown: ['terms', 'works', 'field', 'crosswalk', 'mode', 'fact', 'region', 'uncovered'],
  minScore: 0.15,
  // Somebody near by with time to spare is no expert of what is asked.
  evidence: { alone: 0.35, beside: 0.2, structure: ['field', 'keywords'] },
};
