import data from './default-model.json' with { type: 'json' };
import { fitsFeatures, type RankModel } from './rank-model.js';

/**
 * The model the platform starts with, trained by `npm run train:default-model` on graded pairs written for it
 * (test/relevance/training). Throws at start when it was trained for other features.
 */
export const DEFAULT_MODEL = data as unknown as RankModel;

if (!fitsFeatures(DEFAULT_MODEL))
  throw new Error('The default model is of other features: run npm run train:default-model.');
