import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const registrations: Area = { name: 'registrations', routes: [], menu: [], zh, en };
