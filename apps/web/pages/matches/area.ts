import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer, isStaff } from '../../shell/session.js';
import { enOrganizer } from './organizer-texts-en.js';
import { zhOrganizer } from './organizer-texts.js';
import { enPair, zhPair } from './pair-texts.js';
import { en, zh } from './texts.js';

const SubjectsPage = lazy(() => import('./subjects-page.js'));
const MatchListPage = lazy(() => import('./match-list-page.js'));
const MatchRunsPage = lazy(() => import('./match-runs-page.js'));
const MatchBoardPage = lazy(() => import('./match-board-page.js'));
const MatchQualityPage = lazy(() => import('./match-quality-page.js'));
const MatchModelsPage = lazy(() => import('./match-models-page.js'));

export const matches: Area = {
  name: 'matches',
  routes: [
    { path: 'matches', element: createElement(SubjectsPage) },
    { path: 'matches/:kind/:id', element: createElement(MatchListPage) },
    { path: 'organizer/match-board', element: createElement(MatchBoardPage) },
    { path: 'organizer/match-quality', element: createElement(MatchQualityPage) },
    { path: 'organizer/match-models', element: createElement(MatchModelsPage) },
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
    {
      path: '/organizer/match-board',
      text: 'board.menu',
      section: 'organizer',
      order: 58,
      visible: isOrganizer,
    },
    { path: '/organizer/match-runs', text: 'menu.runs', section: 'organizer', order: 60, visible: isStaff },
    {
      path: '/organizer/match-quality',
      text: 'quality.menu',
      section: 'organizer',
      order: 61,
      visible: isOrganizer,
    },
    {
      path: '/organizer/match-models',
      text: 'model.menu',
      section: 'organizer',
      order: 62,
      visible: isOrganizer,
    },
  ],
  zh: { ...zh, ...zhPair, ...zhOrganizer },
  en: { ...en, ...enPair, ...enOrganizer },
};
