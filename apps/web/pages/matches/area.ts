import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isStaff } from '../../shell/session.js';
import { en, zh } from './texts.js';

const SubjectsPage = lazy(() => import('./subjects-page.js'));
const MatchListPage = lazy(() => import('./match-list-page.js'));
const MatchRunsPage = lazy(() => import('./match-runs-page.js'));

export const matches: Area = {
  name: 'matches',
  routes: [
    { path: 'matches', element: createElement(SubjectsPage) },
    { path: 'matches/:kind/:id', element: createElement(MatchListPage) },
    { path: 'organizer/match-runs', element: createElement(MatchRunsPage) },
  ],
  menu: [
    {
      path: '/matches',
      text: 'menu.matches',
      section: 'market',
      order: 30,
      visible: (me) => (me?.organisations.length ?? 0) > 0,
    },
    { path: '/organizer/match-runs', text: 'menu.runs', section: 'organizer', order: 60, visible: isStaff },
  ],
  zh,
  en,
};
