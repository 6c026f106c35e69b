import type { Literal } from './sat-solver.js';

/** Clauses in the making. `YES` is true in every model, so that what is known needs no variable. */
export const YES: Literal = 1;
export const NO: Literal = -1;

export class Formula {
  variables = 1;
  clauses = 0;
  private data = new Int32Array(1 << 16);
  private size = 0;
  private given = 0;

  constructor() {
    this.push([YES]);
  }

  newVariable(): Literal {
    return ++this.variables;
  }

  newVariables(count: number): Literal[] {
    return Array.from({ length: count }, () => this.newVariable());
  }

  /** At least one of the literals holds. */
  add(...literals: Literal[]): void {
    if (literals.includes(YES)) return;
    const open = literals.filter((literal) => literal !== NO);
    this.push(open.length > 0 ? open : [NO]);
  }

  /** Hands over the clauses added since the last time. */
  drain(take: (clause: Literal[]) => void): void {
    for (let from = this.given, i = this.given; i < this.size; i++) {
      if (this.data[i] !== 0) continue;
      take(Array.from(this.data.subarray(from, i)));
      from = i + 1;
    }
    this.given = this.size;
  }

  /** DIMACS CNF of all clauses and of `more`, for solvers outside. */
  dimacs(more: readonly (readonly Literal[])[] = []): string {
    const lines = [`p cnf ${this.variables} ${this.clauses + more.length}`];
    for (let from = 0, i = 0; i < this.size; i++) {
      if (this.data[i] !== 0) continue;
      lines.push(this.data.subarray(from, i + 1).join(' '));
      from = i + 1;
    }
    for (const clause of more) lines.push(`${clause.join(' ')} 0`);
    return `${lines.join('\n')}\n`;
  }

  private push(literals: readonly Literal[]): void {
    const end = this.size + literals.length + 1;
    if (end > this.data.length) {
      const larger = new Int32Array(Math.max(end, 2 * this.data.length));
      larger.set(this.data);
      this.data = larger;
    }
    this.data.set(literals, this.size);
    this.size = end;
    this.clauses++;
  }
}
