import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

const CHUNK_BYTES = 64 * 1024 * 1024;

/** Writes a file whole or not at all: beside its place first, then renamed. Blocks; for worker threads and scripts. */
export function writeChunks(file: string, chunks: Iterable<Uint8Array>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  const handle = openSync(draft, 'w');
  try {
    for (const chunk of chunks)
      for (let at = 0; at < chunk.length;) at += writeSync(handle, chunk, at, chunk.length - at);
    fsyncSync(handle);
  } catch (error) {
    closeSync(handle);
    rmSync(draft, { force: true });
    throw error;
  }
  closeSync(handle);
  renameSync(draft, file);
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
