import { isMemberOf, isOrganizer, type Actor } from './actor.js';
import { statesAfter, type StateMachine } from '../evidence/state-machine.js';

export type MarketAction = 'edit' | 'submit' | 'withdraw' | 'return' | 'publish' | 'extend' | 'grant';

export interface Owned {
  readonly organisationId: string | null;
  readonly status: string;
}

const leads = (machine: StateMachine, from: string, action: string) =>
  statesAfter(machine, from, action).length > 0;

/** What an actor may do with a record now. The organisation writes; organizers review, and write where it cannot. */
export function marketActions(
  actor: Actor | null,
  record: Owned,
  machine: StateMachine,
  editable: readonly string[],
): MarketAction[] {
  const organizer = isOrganizer(actor);
  const owner = isMemberOf(actor, record.organisationId);
  if (!organizer && !owner) return [];
  const actions: MarketAction[] = [];
  // What lies with the reviewer does not change under their eyes; the organisation takes it back first.
  if (editable.includes(record.status) || (organizer && record.status === 'submitted')) actions.push('edit');
  if (leads(machine, record.status, 'submit')) actions.push('submit');
  if (leads(machine, record.status, 'withdraw')) actions.push('withdraw');
  if (organizer && leads(machine, record.status, 'return')) actions.push('return');
  if (organizer && leads(machine, record.status, 'publish')) actions.push('publish');
  if (leads(machine, record.status, 'extend')) actions.push('extend');
  if (organizer) actions.push('grant');
  return actions;
}
