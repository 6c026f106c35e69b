import type { MatchCapability } from './match-types.js';
import type { PairRules } from './pair-rules.js';

/** What is read in a document hangs on the object: the same one is given as long as the talks are the same. */
const known = new WeakMap<MatchCapability, MatchCapability>();

/** The capability with what is known of its open talks. */
export function withOpenTalks(capability: MatchCapability, rules: PairRules | undefined): MatchCapability {
  const talks = rules?.shared.openTalks?.get(capability.id);
  if (talks === undefined) return capability;
  let joined = known.get(capability);
  if (joined?.openTalks !== talks) known.set(capability, (joined = { ...capability, openTalks: talks }));
  return joined;
}
