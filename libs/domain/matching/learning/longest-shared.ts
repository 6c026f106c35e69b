const BLANK = 0x20;

/** A text in which pieces of many titles are looked for: where each character stands. */
export class SharedText {
  readonly units: Uint16Array;
  private readonly first = new Map<number, number>();
  /** The next place of the same character, −1 behind the last. */
  private readonly next: Int32Array;

  constructor(text: string) {
    this.units = Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
    this.next = new Int32Array(text.length).fill(-1);
    for (let at = text.length - 1; at >= 0; at -= 1) {
      this.next[at] = this.first.get(this.units[at]!) ?? -1;
      this.first.set(this.units[at]!, at);
    }
  }

  /** Length of the longest piece that begins at `from` of `title` and stands somewhere in this text. */
  longestAt(title: Uint16Array, from: number): number {
    const { units, next } = this;
    let best = 0;
    for (let place = this.first.get(title[from]!) ?? -1; place >= 0; place = next[place]!) {
      let length = 1;
      while (
        from + length < title.length &&
        title[from + length] !== BLANK &&
        title[from + length] === units[place + length]
      )
        length += 1;
      if (length > best) best = length;
    }
    return best;
  }
}

/** Length of the longest stretch of `title` (UTF-16 units) that stands in `text`, blanks not crossed. */
export function longestShared(title: Uint16Array, text: SharedText): number {
  let best = 0;
  for (let from = 0; from + best < title.length; from += 1)
    if (title[from] !== BLANK) best = Math.max(best, text.longestAt(title, from));
  return best;
}
