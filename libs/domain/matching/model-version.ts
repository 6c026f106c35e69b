import { DEFAULT_MODEL } from './learning/default-model.js';

/** Version of the model that the platform ships with; runs and matches name the model they were scored by. */
export const MATCH_MODEL_VERSION = DEFAULT_MODEL.version;
