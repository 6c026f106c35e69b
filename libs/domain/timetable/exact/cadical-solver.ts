import { Cadical } from 'cadical-wasm';
import type { MakeSolver, SatSolver } from './sat-solver.js';

/**
 * CaDiCaL 3.0.1 (Biere et al., CAV 2024) as WebAssembly, in this thread: a call returns when it is done. What it does
 * between searches to shorten its clauses takes longer than it saves on these.
 */
export const makeCadical: MakeSolver = async ({ seed, stop }): Promise<SatSolver> => {
  const solver = await Cadical.create({ seed: seed % 2_000_000_000, inprocessing: false, target: 2 });
  solver.setTerminate(stop);
  return {
    addClause: (literals) => solver.addClause(literals),
    solve: (options) => (stop() ? 'unknown' : solver.solve(options)),
    value: (literal) => solver.value(literal),
    core: () => solver.failedAssumptions(),
    fixed: (literal) => solver.fixed(literal),
    prefer: (literal) => solver.phase(literal),
    dispose: () => solver.dispose(),
  };
};
