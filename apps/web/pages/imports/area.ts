import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en, zh } from './texts.js';

const ImportsPage = lazy(() => import('./imports-page.js'));
const ImportPage = lazy(() => import('./import-page.js'));

export const imports: Area = {
  name: 'imports',
  routes: [
    { path: 'organizer/imports', element: createElement(ImportsPage) },
    { path: 'organizer/imports/:id', element: createElement(ImportPage) },
  ],
  menu: [{ path: '/organizer/imports', text: 'menu', section: 'organizer', order: 50, visible: isOrganizer }],
  zh,
  en,
};
