import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const programmes: Area = { name: 'programmes', routes: [], menu: [], zh, en };
