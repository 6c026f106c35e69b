import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en } from './texts-en.js';
import { zh } from './texts.js';

const Messages = lazy(() => import('./messages-page.js'));
const Preferences = lazy(() => import('./preferences-page.js'));
const Unsubscribe = lazy(() => import('./unsubscribe-page.js'));
const Places = lazy(() => import('./places-page.js'));
const Templates = lazy(() => import('./templates-page.js'));
const Reminders = lazy(() => import('./reminders-page.js'));

/** What one hears: messages, where else, robots and webhooks, words of mails, reminders. */
export const messages: Area = {
  name: 'messages',
  routes: [
    { path: 'messages', element: createElement(Messages) },
    { path: 'account/notifications', element: createElement(Preferences) },
    { path: 'unsubscribe/:token', element: createElement(Unsubscribe) },
    { path: 'organisations/:id/places', element: createElement(Places) },
    { path: 'organizer/robots', element: createElement(Places) },
    { path: 'organizer/programmes/:id/mail-templates', element: createElement(Templates) },
    { path: 'organizer/events/:id/reminders', element: createElement(Reminders) },
  ],
  menu: [
    { path: '/messages', text: 'menu.messages', section: 'mine', order: 90, visible: (me) => me !== null },
    {
      path: '/organizer/robots',
      text: 'menu.robots',
      section: 'organizer',
      order: 85,
      visible: (me) => isOrganizer(me),
    },
  ],
  zh,
  en,
};
