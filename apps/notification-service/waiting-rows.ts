import type { OutgoingNotification } from './outgoing-notification.js';

interface Line {
  readonly rows: OutgoingNotification[];
  sending: number;
}

/** How a channel's rows are begun: so many are under way at most, and not before `together` can begin. */
export interface LineWidth {
  readonly most: number;
  readonly together: number;
}

/** Rows that were taken and wait for their turn, a line for each channel: one that is stuck holds up no other. */
export class WaitingRows {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly widthOf: (channel: string) => LineWidth) {}

  push(rows: readonly OutgoingNotification[]): void {
    for (const row of rows) this.lineOf(row.channel).rows.push(row);
  }

  /** How many wait on a channel. */
  count(channel: string): number {
    return this.lines.get(channel)?.rows.length ?? 0;
  }

  /** Channels on which more than `count` rows wait. */
  longer(count: number): string[] {
    return [...this.lines].filter(([, line]) => line.rows.length > count).map(([channel]) => channel);
  }

  /** Rows that begin now; each is to be told `ended`. */
  begin(): OutgoingNotification[] {
    return [...this.lines].flatMap(([channel, line]) => {
      const { most, together } = this.widthOf(channel);
      if (line.sending > most - together) return [];
      const begun = line.rows.splice(0, most - line.sending);
      line.sending += begun.length;
      return begun;
    });
  }

  ended({ channel }: OutgoingNotification): void {
    this.lineOf(channel).sending -= 1;
  }

  /** Takes out all that wait. */
  clear(): OutgoingNotification[] {
    return [...this.lines.values()].flatMap((line) => line.rows.splice(0));
  }

  private lineOf(channel: string): Line {
    let line = this.lines.get(channel);
    if (line === undefined) this.lines.set(channel, (line = { rows: [], sending: 0 }));
    return line;
  }
}
