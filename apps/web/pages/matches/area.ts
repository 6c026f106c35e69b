import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const matches: Area = { name: 'matches', routes: [], menu: [], zh, en };
