import { NO } from './formula.js';
import type { PlaceVariables } from './encode-places.js';
import type { Literal } from './sat-solver.js';
import type { Search } from './search.js';

const CONFLICTS = 400;

/** Large neighbourhoods around the best model: everything outside a few slots or people stays where it is. */
export class Neighbourhoods {
  /** Share of the meetings that is free; grows when nothing better is there, shrinks when it takes too long. */
  private share = 0.3;

  constructor(
    private readonly search: Search,
    private readonly places: PlaceVariables,
    private readonly meetingsOf: readonly number[][],
    private readonly random: () => number,
  ) {}

  /** Tries so many neighbourhoods for a model in which the literals `better()` hold. Shaw (CP 1998), with a solver. */
  explore(rounds: number, better: () => Literal, stopped: () => boolean): void {
    for (let round = 0; round < rounds && !stopped() && this.search.best !== null; round++) {
      const free = round % 2 === 0 ? this.inSlots() : this.ofPeople();
      const status = this.search.solve([...this.assumeOthers(free), better()], CONFLICTS);
      if (status === 'unsatisfiable') this.share = Math.min(0.9, this.share * 1.04);
      if (status === 'unknown') this.share = Math.max(0.1, this.share * 0.96);
    }
  }

  private assumeOthers(free: ReadonlySet<number>): Literal[] {
    const { start, placed } = this.places;
    return start.flatMap((row, m) => {
      if (free.has(m)) return [];
      const slot = this.search.best?.slots[m] ?? -1;
      return [slot >= 0 ? (row[slot] ?? NO) : -(placed[m] ?? NO)];
    });
  }

  private inSlots(): Set<number> {
    const slots = this.places.busy[0]?.length ?? 0;
    const chosen = new Set(this.pick(slots, Math.max(2, Math.round(this.share * slots))));
    const found = this.search.best?.slots ?? [];
    return new Set([...found.keys()].filter((m) => chosen.has(found[m] ?? -1) || (found[m] ?? -1) < 0));
  }

  private ofPeople(): Set<number> {
    const people = this.meetingsOf.length;
    // A meeting is free when one of its people is chosen: half the share of people frees about the share of meetings.
    const chosen = this.pick(people, Math.max(2, Math.round((this.share * people) / 2)));
    return new Set(chosen.flatMap((p) => this.meetingsOf[p] ?? []));
  }

  private pick(count: number, size: number): number[] {
    const list = Array.from({ length: count }, (_, i) => i);
    for (let i = 0; i < Math.min(size, count); i++) {
      const j = i + Math.floor(this.random() * (count - i));
      [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
    }
    return list.slice(0, size);
  }
}
