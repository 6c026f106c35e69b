/** One row of a transition table: `action` leads from any state of `from` to `to`. */
export interface Transition<State extends string, Action extends string> {
  action: Action;
  from: readonly State[];
  to: State;
}

export interface StateMachine<State extends string = string, Action extends string = string> {
  name: string;
  states: readonly State[];
  /** States in which something may begin. */
  initial: readonly State[];
  transitions: readonly Transition<State, Action>[];
}

export interface NextState<State extends string, Action extends string> {
  action: Action;
  to: State;
}

/** Broken rules of a table: unknown or unreachable states, and pairs of states with two actions. */
export function machineProblems(machine: StateMachine): string[] {
  const known = new Set(machine.states);
  const problems: string[] = [];
  const pairs = new Set<string>();
  if (known.size !== machine.states.length) problems.push('a state is listed twice');
  if (machine.initial.length === 0) problems.push('no initial state');
  for (const { action, from, to } of machine.transitions) {
    for (const state of [...from, to])
      if (!known.has(state)) problems.push(`${action}: unknown state ${state}`);
    for (const state of from) {
      const pair = `${state} → ${to}`;
      if (pairs.has(pair)) problems.push(`${pair} is listed twice`);
      if (state === to) problems.push(`${action}: ${pair} goes nowhere`);
      pairs.add(pair);
    }
  }
  const reached = new Set(machine.initial);
  // A Set iterates over members added during the walk, so this is the whole closure.
  for (const state of reached) for (const { to } of nextStates(machine, state)) reached.add(to);
  for (const state of machine.initial) if (!known.has(state)) problems.push(`unknown initial state ${state}`);
  for (const state of known) if (!reached.has(state)) problems.push(`${state} cannot be reached`);
  return problems;
}

/** The table itself, checked when the module loads. @throws Error naming every broken rule */
export function stateMachine<const State extends string, const Action extends string>(
  machine: StateMachine<State, Action>,
): StateMachine<State, Action> {
  const problems = machineProblems(machine);
  if (problems.length > 0) throw new Error(`State machine ${machine.name}: ${problems.join('; ')}`);
  return machine;
}

/** What can happen next, in the order of the table. */
export function nextStates<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
  from: State,
): NextState<State, Action>[] {
  return machine.transitions
    .filter((transition) => transition.from.includes(from))
    .map(({ action, to }) => ({ action, to }));
}

export function canTransition<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
  from: State,
  to: State,
): boolean {
  return nextStates(machine, from).some((next) => next.to === to);
}

/** Action codes that a page may offer in a state, each once. */
export function allowedActions<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
  from: State,
): Action[] {
  return [...new Set(nextStates(machine, from).map((next) => next.action))];
}

/** The states an action leads to from a state; empty when it is not allowed there. */
export function statesAfter<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
  from: State,
  action: Action,
): State[] {
  return nextStates(machine, from)
    .filter((next) => next.action === action)
    .map((next) => next.to);
}

/** True when nothing can follow. */
export function isFinal<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
  state: State,
): boolean {
  return nextStates(machine, state).length === 0;
}
