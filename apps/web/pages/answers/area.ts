import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isOrganizer } from '../../shell/session.js';
import { en } from './texts-en.js';
import { zh } from './texts.js';

const AnswerPage = lazy(() => import('./answer-page.js'));
const EventAnswersPage = lazy(() => import('./event-answers-page.js'));
const InboundMailsPage = lazy(() => import('./inbound-mails-page.js'));
const InboundMailPage = lazy(() => import('./inbound-mail-page.js'));
const CalendarPage = lazy(() => import('./calendar-page.js'));

export const answers: Area = {
  name: 'answers',
  routes: [
    { path: 'rsvp/:token', element: createElement(AnswerPage) },
    { path: 'organizer/events/:id/answers', element: createElement(EventAnswersPage) },
    { path: 'organizer/inbound-mails', element: createElement(InboundMailsPage) },
    { path: 'organizer/inbound-mails/:id', element: createElement(InboundMailPage) },
    { path: 'my/calendar', element: createElement(CalendarPage) },
  ],
  menu: [
    {
      path: '/my/calendar',
      text: 'menu.calendar',
      section: 'mine',
      order: 85,
      visible: (me) => me !== null,
    },
    {
      path: '/organizer/inbound-mails',
      text: 'menu.inbound',
      section: 'organizer',
      order: 85,
      visible: (me) => isOrganizer(me),
    },
  ],
  zh,
  en,
};
