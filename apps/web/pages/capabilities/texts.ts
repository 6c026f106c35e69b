import type { Texts } from '../../shell/area.js';

/** Everything else is in the texts of the needs: both share their pages. */
export const zh: Texts = { menu: '科技成果' };

export const en: Texts = { menu: 'Capabilities' };
