import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en } from './texts-en.js';
import { zh } from './texts.js';

const NeedList = lazy(() => import('./needs-list-page.js'));
const NewNeed = lazy(() => import('./needs-new-page.js'));
const Need = lazy(() => import('./needs-detail-page.js'));
const NeedForm = lazy(() => import('./needs-edit-page.js'));
const Review = lazy(() => import('../market/review-page.js'));

/** Its texts are those of capabilities too: both are written, reviewed and read by the same pages. */
export const needs: Area = {
  name: 'needs',
  routes: [
    { path: 'needs', element: createElement(NeedList) },
    { path: 'needs/new', element: createElement(NewNeed) },
    { path: 'needs/:id', element: createElement(Need) },
    { path: 'needs/:id/edit', element: createElement(NeedForm) },
    { path: 'organizer/review', element: createElement(Review) },
  ],
  menu: [
    { path: '/needs', text: 'need.listTitle', section: 'market', order: 10, visible: () => true },
    { path: '/organizer/review', text: 'reviewTitle', section: 'organizer', order: 10, visible: isOrganizer },
  ],
  zh,
  en,
};
