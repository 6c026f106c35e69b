import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const capabilities: Area = { name: 'capabilities', routes: [], menu: [], zh, en };
