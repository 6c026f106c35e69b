import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const account: Area = { name: 'account', routes: [], menu: [], zh, en };
