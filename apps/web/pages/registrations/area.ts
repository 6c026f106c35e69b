import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isStaff } from '../../shell/session.js';
import { en } from './texts-en.js';
import { zh } from './texts.js';

const RegisterPage = lazy(() => import('./register-page.js'));
const MyRegistrationsPage = lazy(() => import('./my-registrations-page.js'));
const RegistrationPage = lazy(() => import('./registration-page.js'));
const OfferPage = lazy(() => import('./offer-page.js'));
const ParticipantsPage = lazy(() => import('./participants-page.js'));
const CheckInEventsPage = lazy(() => import('./check-in-events-page.js'));
const CheckInPage = lazy(() => import('./check-in-page.js'));

export const registrations: Area = {
  name: 'registrations',
  routes: [
    { path: '/events/:id/register', element: createElement(RegisterPage) },
    { path: '/my/registrations', element: createElement(MyRegistrationsPage) },
    { path: '/registrations/:id', element: createElement(RegistrationPage) },
    { path: '/offer/:id', element: createElement(OfferPage) },
    { path: '/organizer/events/:id/registrations', element: createElement(ParticipantsPage) },
    { path: '/organizer/check-in', element: createElement(CheckInEventsPage) },
    { path: '/organizer/events/:id/check-in', element: createElement(CheckInPage) },
  ],
  menu: [
    {
      path: '/my/registrations',
      text: 'menu.mine',
      section: 'mine',
      order: 20,
      visible: (me) => me !== null,
    },
    {
      path: '/organizer/check-in',
      text: 'menu.checkIn',
      section: 'organizer',
      order: 25,
      visible: isStaff,
    },
  ],
  zh,
  en,
};
