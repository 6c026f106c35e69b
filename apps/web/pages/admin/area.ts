import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const admin: Area = { name: 'admin', routes: [], menu: [], zh, en };
