import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en, zh } from './texts.js';

const Duplicates = lazy(() => import('./duplicates-page.js'));

export const matchRules: Area = {
  name: 'match-rules',
  routes: [{ path: 'organizer/near-duplicates', element: createElement(Duplicates) }],
  menu: [
    {
      path: '/organizer/near-duplicates',
      text: 'menu.duplicates',
      section: 'organizer',
      order: 65,
      visible: isOrganizer,
    },
  ],
  zh,
  en,
};
