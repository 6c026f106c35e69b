/** Numbers names 0, 1, 2, … in the order of their first appearance. */
export class NameTable {
  private readonly numbers = new Map<string, number>();

  constructor(names: Iterable<string> = []) {
    for (const name of names) this.add(name);
  }

  get size(): number {
    return this.numbers.size;
  }

  add(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(name, number);
    return number;
  }

  /** −1 when the name has no number. */
  find(name: string): number {
    return this.numbers.get(name) ?? -1;
  }

  /** All names by their numbers. */
  toNames(): string[] {
    return [...this.numbers.keys()];
  }
}
