import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isStaff } from '../../shell/session.js';
import { en, zh } from './texts.js';

const DealListPage = lazy(() => import('./deal-list-page.js'));
const DealPage = lazy(() => import('./deal-page.js'));

export const results: Area = {
  name: 'results',
  routes: [
    { path: 'deals', element: createElement(DealListPage) },
    { path: 'deals/:id', element: createElement(DealPage) },
  ],
  menu: [
    {
      path: '/deals',
      text: 'menu.deals',
      section: 'market',
      order: 40,
      visible: (me) => isStaff(me) || (me?.organisations.length ?? 0) > 0,
    },
  ],
  zh,
  en,
};
