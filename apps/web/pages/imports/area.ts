import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const imports: Area = { name: 'imports', routes: [], menu: [], zh, en };
