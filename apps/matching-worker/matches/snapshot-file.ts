import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

const CHUNK_BYTES = 64 * 1024 * 1024;

/** Nobody writes for so long: the draft is of a process that was killed. */
const ABANDONED_MS = 3_600_000;

function dropAbandoned(file: string): void {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(`${name}.`) || !entry.endsWith('.tmp')) continue;
    const draft = path.join(folder, entry);
    const written = statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - written > ABANDONED_MS) rmSync(draft, { force: true });
  }
}

/** Writes a file whole or not at all: beside its place first, then renamed. Blocks; for worker threads and scripts. */
export function writeChunks(file: string, chunks: Iterable<Uint8Array>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  dropAbandoned(file);
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(draft, 'w');
    try {
      for (const chunk of chunks)
        for (let at = 0; at < chunk.length;) at += writeSync(handle, chunk, at, chunk.length - at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A file's bytes in chunks of at most 64 MiB; each chunk holds until the next. Throws ENOENT when there is none. */
export function* readChunks(file: string): Generator<Uint8Array> {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const length = readSync(handle, buffer);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}
