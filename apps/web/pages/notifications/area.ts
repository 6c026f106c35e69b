import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en, zh } from './texts.js';

const DeliveriesPage = lazy(() => import('./deliveries-page.js'));
const MailboxPage = lazy(() => import('./mailbox-page.js'));

export const notifications: Area = {
  name: 'notifications',
  routes: [
    { path: 'organizer/deliveries', element: createElement(DeliveriesPage) },
    { path: 'mailbox', element: createElement(MailboxPage) },
  ],
  menu: [
    {
      path: '/organizer/deliveries',
      text: 'menu.deliveries',
      section: 'organizer',
      order: 80,
      visible: (me) => isOrganizer(me),
    },
    {
      path: '/mailbox',
      text: 'menu.mailbox',
      section: 'public',
      order: 90,
      visible: (_me, mailbox) => mailbox,
    },
  ],
  zh,
  en,
};
