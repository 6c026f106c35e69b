import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

const CapabilityList = lazy(() => import('./capabilities-list-page.js'));
const NewCapability = lazy(() => import('./capabilities-new-page.js'));
const Capability = lazy(() => import('./capabilities-detail-page.js'));
const CapabilityForm = lazy(() => import('./capabilities-edit-page.js'));

export const capabilities: Area = {
  name: 'capabilities',
  routes: [
    { path: 'capabilities', element: createElement(CapabilityList) },
    { path: 'capabilities/new', element: createElement(NewCapability) },
    { path: 'capabilities/:id', element: createElement(Capability) },
    { path: 'capabilities/:id/edit', element: createElement(CapabilityForm) },
  ],
  menu: [{ path: '/capabilities', text: 'menu', section: 'market', order: 20, visible: () => true }],
  zh,
  en,
};
