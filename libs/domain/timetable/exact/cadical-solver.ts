import { Cadical } from 'cadical-wasm';
import type { MakeSolver, SatSolver } from './sat-solver.js';

/**
 * CaDiCaL 3.0.1 (Biere et al., CAV 2024) as WebAssembly, in this thread: a call returns when it is done. Variables are
 * not eliminated: that takes longer than it saves where models are what is looked for.
 */
export const makeCadical: MakeSolver = async ({ seed, stop }): Promise<SatSolver> => {
  const solver = await Cadical.create({ seed: seed % 2_000_000_000, elim: false });
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
