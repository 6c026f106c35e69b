import type { Likeness, ProcessExample } from './gaussian-process.js';
import type { Answered } from './level-correction.js';

/** Of each example, what the other examples of its need about other capabilities amount to. */
export function answeredOf(examples: readonly ProcessExample[], likeness: Likeness): Answered[] {
  const byNeed = new Map<number, number[]>();
  for (const { need, capability } of examples) {
    const capabilities = byNeed.get(need);
    if (capabilities) capabilities.push(capability);
    else byNeed.set(need, [capability]);
  }
  return examples.map(({ need, capability }) => {
    let answers = 0;
    let closest = 0;
    for (const other of byNeed.get(need)!) {
      if (other === capability) continue;
      answers += 1;
      closest = Math.max(closest, likeness.capabilities(capability, other));
    }
    return { answers, closest };
  });
}
