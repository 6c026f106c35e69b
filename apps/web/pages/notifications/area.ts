import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const notifications: Area = { name: 'notifications', routes: [], menu: [], zh, en };
