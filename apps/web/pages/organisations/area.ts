import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const organisations: Area = { name: 'organisations', routes: [], menu: [], zh, en };
