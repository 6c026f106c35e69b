import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

const List = lazy(() => import('./organisation-list-page.js'));
const Detail = lazy(() => import('./organisation-page.js'));
const Create = lazy(() => import('./new-organisation-page.js'));
const Edit = lazy(() => import('./edit-organisation-page.js'));

export const organisations: Area = {
  name: 'organisations',
  routes: [
    { path: 'organisations', element: createElement(List) },
    { path: 'organisations/new', element: createElement(Create) },
    { path: 'organisations/:id', element: createElement(Detail) },
    { path: 'organisations/:id/edit', element: createElement(Edit) },
  ],
  menu: [{ path: '/organisations', text: 'menu.list', section: 'public', order: 30, visible: () => true }],
  zh,
  en,
};
