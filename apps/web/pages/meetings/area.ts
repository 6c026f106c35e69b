import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { en } from './texts-en.js';
import { zh } from './texts.js';

const Timetable = lazy(() => import('./timetable-page.js'));
const Assignment = lazy(() => import('./assignment-page.js'));
const Print = lazy(() => import('./print-page.js'));
const Meeting = lazy(() => import('./meeting-page.js'));
const Schedule = lazy(() => import('./schedule-page.js'));
const EventSchedule = lazy(() => import('./event-schedule-page.js'));

export const meetings: Area = {
  name: 'meetings',
  routes: [
    { path: 'organizer/events/:id/timetable', element: createElement(Timetable) },
    { path: 'organizer/events/:id/assignment', element: createElement(Assignment) },
    { path: 'organizer/events/:id/timetable/print', element: createElement(Print) },
    { path: 'meetings/:id', element: createElement(Meeting) },
    { path: 'my/schedule', element: createElement(Schedule) },
    { path: 'events/:id/schedule', element: createElement(EventSchedule) },
  ],
  menu: [
    { path: '/my/schedule', text: 'menu.schedule', section: 'mine', order: 10, visible: (me) => me !== null },
  ],
  zh,
  en,
};
