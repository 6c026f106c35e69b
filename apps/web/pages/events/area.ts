import { lazy, createElement } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en, zh } from './texts.js';

const EventListPage = lazy(() => import('./event-list-page.js'));
const EventPage = lazy(() => import('./event-page.js'));
const OrganizerEventsPage = lazy(() => import('./organizer-events-page.js'));
const EventEditorPage = lazy(() => import('./event-editor-page.js'));

export const events: Area = {
  name: 'events',
  routes: [
    { path: 'events', element: createElement(EventListPage) },
    { path: 'events/:id', element: createElement(EventPage) },
    { path: 'organizer/events', element: createElement(OrganizerEventsPage) },
    { path: 'organizer/events/:id', element: createElement(EventEditorPage) },
  ],
  menu: [
    { path: '/events', text: 'menu.public', section: 'public', order: 10, visible: () => true },
    {
      path: '/organizer/events',
      text: 'menu.organizer',
      section: 'organizer',
      order: 20,
      visible: isOrganizer,
    },
  ],
  zh,
  en,
};
