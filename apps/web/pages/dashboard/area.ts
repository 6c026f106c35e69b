import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { isStaff } from '../../shell/session.js';
import { en, zh } from './texts.js';

const DashboardPage = lazy(() => import('./dashboard-page.js'));

export const dashboard: Area = {
  name: 'dashboard',
  routes: [{ path: 'dashboard', element: createElement(DashboardPage) }],
  menu: [{ path: '/dashboard', text: 'menu', section: 'organizer', order: 5, visible: isStaff }],
  zh,
  en,
};
