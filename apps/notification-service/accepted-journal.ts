import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { hasEnded, PROCESS_IDENTITY } from './process-identity.js';

/** A message that the other side accepted, and whose row may not say so yet. */
export interface AcceptedEntry {
  readonly id: string;
  readonly attempts: number;
  readonly response: string;
  readonly at: string;
}

/**
 * Notes what was accepted before the database knows, in a file of this process: what is written to it outlives the
 * process (not the machine). Rows are settled in batches, and a process that is killed between would otherwise send a
 * whole batch again; so it is at most what was on its way over each connection.
 */
export class AcceptedJournal {
  private readonly file: string;
  private descriptor: number | null = null;
  private readonly pending = new Set<string>();

  constructor(private readonly dir: string) {
    this.file = path.join(dir, `${PROCESS_IDENTITY.split('/').slice(-2).join('-')}.jsonl`);
  }

  note(entry: AcceptedEntry): void {
    this.descriptor ??= this.open();
    writeSync(this.descriptor, `${JSON.stringify(entry)}\n`);
    this.pending.add(entry.id);
  }

  /** The rows say so now; ids that were not noted do not matter. */
  settled(ids: readonly string[]): void {
    const before = this.pending.size;
    for (const id of ids) this.pending.delete(id);
    if (before > 0 && this.pending.size === 0 && this.descriptor !== null) {
      ftruncateSync(this.descriptor);
      writeSync(this.descriptor, `${JSON.stringify(PROCESS_IDENTITY)}\n`);
    }
  }

  close(): void {
    if (this.descriptor === null) return;
    closeSync(this.descriptor);
    if (this.pending.size === 0) rmSync(this.file, { force: true });
    this.descriptor = null;
  }

  /** What processes that ended on this machine left, with how to forget it. */
  leftovers(): { readonly entries: readonly AcceptedEntry[]; readonly forget: () => void } {
    const files = this.names().flatMap((name) => {
      const file = path.join(this.dir, name);
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      const identity = lines[0] === undefined ? null : (JSON.parse(lines[0]) as string);
      return identity !== null && hasEnded(identity) ? [{ file, lines: lines.slice(1) }] : [];
    });
    return {
      entries: files.flatMap(({ lines }) => lines.map((line) => JSON.parse(line) as AcceptedEntry)),
      forget: () => {
        for (const { file } of files) rmSync(file, { force: true });
      },
    };
  }

  private names(): string[] {
    try {
      return readdirSync(this.dir).filter((name) => name.endsWith('.jsonl'));
    } catch {
      return [];
    }
  }

  private open(): number {
    mkdirSync(this.dir, { recursive: true });
    const descriptor = openSync(this.file, 'a');
    writeSync(descriptor, `${JSON.stringify(PROCESS_IDENTITY)}\n`);
    return descriptor;
  }
}
