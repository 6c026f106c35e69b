/** For each record of a cluster of near-identical ones, the least id of the cluster that is `present`, if one is. */
export function representatives(
  clusters: ReadonlyMap<string, string>,
  present: Iterable<string>,
): Map<string, string> {
  const least = new Map<string, string>();
  for (const id of present) {
    const cluster = clusters.get(id);
    if (cluster === undefined) continue;
    const known = least.get(cluster);
    if (known === undefined || id < known) least.set(cluster, id);
  }
  const found = new Map<string, string>();
  for (const [id, cluster] of clusters) {
    const first = least.get(cluster);
    if (first !== undefined) found.set(id, first);
  }
  return found;
}

/**
 * Answers to copies of one need as answers to the one that stands for them. Where several copies were answered about the
 * same capability, the last answer counts; the order is that of the answers which count.
 */
export function joinCopies<Answer extends { readonly needId: string; readonly capabilityId: string }>(
  answers: readonly Answer[],
  standsFor: ReadonlyMap<string, string>,
): Answer[] {
  const last = new Map<string, Answer>();
  for (const answer of answers) {
    const needId = standsFor.get(answer.needId) ?? answer.needId;
    const key = `${needId} ${answer.capabilityId}`;
    last.delete(key);
    last.set(key, needId === answer.needId ? answer : { ...answer, needId });
  }
  return [...last.values()];
}
