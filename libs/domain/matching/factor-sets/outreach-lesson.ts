import type { FactorSet } from './factor-set.js';

/** 科普需求 of a school with 科普课程: the class, the days and the place decide as much as the topic. */
export const outreachLesson: FactorSet = {
  requestKind: 'outreach',
  offerKind: 'lesson',
  combine: 'additive',
  calibration: { offset: -7.0166, slope: 10.5407 },
  request: { title: 1, keywords: 1, body: 0.3 },
  text: [{ code: 'lexical', weight: 0.34 }],
  structure: [
    { code: 'grade', weight: 0.14 },
    { code: 'field', weight: 0.12 },
    { code: 'subject', weight: 0.1 },
    { code: 'venue', weight: 0.09 },
    { code: 'group', weight: 0.07 },
    { code: 'dates', weight: 0.06 },
    { code: 'keywords', weight: 0.05 },
    { code: 'region', weight: 0.03 },
  ],
  exclusions: ['no-common-grade', 'no-common-venue', 'not-available'],
  shown: ['terms', 'fact', 'field', 'region', 'uncovered'],
  minScore: 0.15,
};
