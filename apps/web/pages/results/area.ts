import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const results: Area = { name: 'results', routes: [], menu: [], zh, en };
