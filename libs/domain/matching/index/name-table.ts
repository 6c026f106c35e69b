/** Numbers names 0, 1, 2, … in the order of their first appearance. */
export class NameTable {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];

  constructor(names: Iterable<string> = []) {
    for (const name of names) this.add(name);
  }

  get size(): number {
    return this.names.length;
  }

  add(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.length;
    this.numbers.set(name, number);
    this.names.push(name);
    return number;
  }

  /** −1 when the name has no number. */
  find(name: string): number {
    return this.numbers.get(name) ?? -1;
  }

  /** Undefined for a number that was not given out. */
  nameOf(number: number): string | undefined {
    return this.names[number];
  }

  /** All names by their numbers. */
  toNames(): string[] {
    return [...this.names];
  }
}
