import type { Actor } from './actor.js';
import { disclosureLevel, type Disclosed, type DisclosureLevel, type Ties } from './disclosure-level.js';
import { marketActions, type MarketAction, type Owned } from './market-actions.js';
import { capabilityMachine } from '../evidence/state-machines.js';

/** The state in which a capability is on the market. */
export const OPEN_CAPABILITY_STATUSES = ['published'] as const;
export const EDITABLE_CAPABILITY_STATUSES = [
  'draft',
  'returned',
  'withdrawn',
  'expired',
  'published',
] as const;

export const capabilityLevel = (actor: Actor | null, capability: Disclosed, ties: Ties): DisclosureLevel =>
  disclosureLevel(actor, capability, ties, OPEN_CAPABILITY_STATUSES);

export const capabilityActions = (actor: Actor | null, capability: Owned): MarketAction[] =>
  marketActions(actor, capability, capabilityMachine, EDITABLE_CAPABILITY_STATUSES);
