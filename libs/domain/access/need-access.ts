import type { Actor } from './actor.js';
import { disclosureLevel, type Disclosed, type DisclosureLevel, type Ties } from './disclosure-level.js';
import { marketActions, type MarketAction, type Owned } from './market-actions.js';
import { needMachine } from '../evidence/state-machines.js';

/** States in which a need is on the market or was settled there; before and after, only its owners see it. */
export const OPEN_NEED_STATUSES = ['published', 'engaged', 'contracted', 'accepted', 'closed'] as const;
/** States in which the text may still change; from the contract on it is the record of what was agreed about. */
export const EDITABLE_NEED_STATUSES = [
  'draft',
  'returned',
  'withdrawn',
  'expired',
  'published',
  'engaged',
] as const;

export const needLevel = (actor: Actor | null, need: Disclosed, ties: Ties): DisclosureLevel =>
  disclosureLevel(actor, need, ties, OPEN_NEED_STATUSES);

export const needActions = (actor: Actor | null, need: Owned): MarketAction[] =>
  marketActions(actor, need, needMachine, EDITABLE_NEED_STATUSES);
