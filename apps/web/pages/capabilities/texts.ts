import type { Texts } from '../../shell/area.js';

/** Everything else is in the texts of the needs: both share their pages. */
export const zh: Texts = { menu: '成果与服务' };

export const en: Texts = { menu: 'Results and services' };
