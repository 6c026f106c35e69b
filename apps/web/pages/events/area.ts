import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const events: Area = { name: 'events', routes: [], menu: [], zh, en };
