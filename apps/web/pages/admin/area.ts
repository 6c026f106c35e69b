import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isAdministrator, isOrganizer } from '../../shell/session.js';
import { en, zh } from './texts.js';

const People = lazy(() => import('./people-page.js'));
const Audit = lazy(() => import('./audit-page.js'));
const Codes = lazy(() => import('./codes-page.js'));

export const admin: Area = {
  name: 'admin',
  routes: [
    { path: 'admin/people', element: createElement(People) },
    { path: 'admin/audit', element: createElement(Audit) },
    { path: 'admin/codes', element: createElement(Codes) },
  ],
  menu: [
    { path: '/admin/people', text: 'menu.people', section: 'admin', order: 10, visible: isAdministrator },
    { path: '/admin/audit', text: 'menu.audit', section: 'admin', order: 20, visible: isAdministrator },
    { path: '/admin/codes', text: 'menu.codes', section: 'admin', order: 30, visible: isOrganizer },
  ],
  zh,
  en,
};
