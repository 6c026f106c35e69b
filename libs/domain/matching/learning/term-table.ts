/** Finds the place of a term number among few: open addressing in typed arrays, a quarter full. */
export class TermTable {
  private readonly numbers: Int32Array;
  private readonly places: Int32Array;
  private readonly shift: number;

  /** The places are those of the list; equal and negative numbers are left out after the first. */
  constructor(numbers: ArrayLike<number>) {
    const bits = Math.max(4, Math.ceil(Math.log2(Math.max(1, numbers.length))) + 2);
    this.numbers = new Int32Array(2 ** bits).fill(-1);
    this.places = new Int32Array(2 ** bits);
    this.shift = 32 - bits;
    for (let place = 0; place < numbers.length; place += 1)
      if (numbers[place]! >= 0) this.add(numbers[place]!, place);
  }

  /** −1 when the number is not among them. */
  find(number: number): number {
    const { numbers } = this;
    const mask = numbers.length - 1;
    for (let at = this.first(number); ; at = (at + 1) & mask) {
      const held = numbers[at]!;
      if (held === number) return this.places[at]!;
      if (held < 0) return -1;
    }
  }

  private add(number: number, place: number): void {
    const { numbers } = this;
    let at = this.first(number);
    while (numbers[at]! >= 0 && numbers[at] !== number) at = (at + 1) & (numbers.length - 1);
    if (numbers[at] === number) return;
    numbers[at] = number;
    this.places[at] = place;
  }

  /** Fibonacci hashing (Knuth, TAOCP 3, §6.4). */
  private first(number: number): number {
    return Math.imul(number, 0x9e3779b1) >>> this.shift;
  }
}
