import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const meetings: Area = { name: 'meetings', routes: [], menu: [], zh, en };
