import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const dashboard: Area = { name: 'dashboard', routes: [], menu: [], zh, en };
