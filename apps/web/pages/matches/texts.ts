import type { Texts } from '../../shell/area.js';

export const zh: Texts = {};

export const en: Texts = {};
