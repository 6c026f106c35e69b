import { lazy, createElement } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en, zh } from './texts.js';

const ProgrammeListPage = lazy(() => import('./programme-list-page.js'));
const ProgrammePage = lazy(() => import('./programme-page.js'));
const OrganizerProgrammesPage = lazy(() => import('./organizer-programmes-page.js'));

export const programmes: Area = {
  name: 'programmes',
  routes: [
    { path: 'programmes', element: createElement(ProgrammeListPage) },
    { path: 'programmes/:slug', element: createElement(ProgrammePage) },
    { path: 'organizer/programmes', element: createElement(OrganizerProgrammesPage) },
  ],
  menu: [
    { path: '/programmes', text: 'menu.public', section: 'public', order: 20, visible: () => true },
    {
      path: '/organizer/programmes',
      text: 'menu.organizer',
      section: 'organizer',
      order: 10,
      visible: isOrganizer,
    },
  ],
  zh,
  en,
};
