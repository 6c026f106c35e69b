import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

export const needs: Area = { name: 'needs', routes: [], menu: [], zh, en };
