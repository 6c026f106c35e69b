import { account } from './pages/account/area.js';
import { admin } from './pages/admin/area.js';
import { answers } from './pages/answers/area.js';
import { capabilities } from './pages/capabilities/area.js';
import { dashboard } from './pages/dashboard/area.js';
import { events } from './pages/events/area.js';
import { imports } from './pages/imports/area.js';
import { matchRules } from './pages/match-rules/area.js';
import { matches } from './pages/matches/area.js';
import { meetings } from './pages/meetings/area.js';
import { messages } from './pages/messages/area.js';
import { needs } from './pages/needs/area.js';
import { notifications } from './pages/notifications/area.js';
import { organisations } from './pages/organisations/area.js';
import { programmes } from './pages/programmes/area.js';
import { registrations } from './pages/registrations/area.js';
import { results } from './pages/results/area.js';
import type { Area } from './shell/area.js';

/** Every part of the web application. */
export const areas: readonly Area[] = [
  events,
  programmes,
  needs,
  capabilities,
  matches,
  matchRules,
  meetings,
  registrations,
  organisations,
  imports,
  results,
  dashboard,
  notifications,
  messages,
  answers,
  account,
  admin,
];
