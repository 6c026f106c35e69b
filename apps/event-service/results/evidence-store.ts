import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { fileTypeFromFile } from 'file-type';
import type { Config } from '#config/config.js';
import { CONFIG } from '#libs/platform/config-token.js';

export interface StoredFile {
  /** Path below the evidence folder, made by us. */
  readonly storageName: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  /** What the bytes are, `pdf`, `png`...; null = not recognised. */
  readonly extension: string | null;
  readonly mediaType: string | null;
}

/** Keeps evidence files under `<data>/evidence`, outside the web root, under names that say nothing. */
@Injectable()
export class EvidenceStore {
  private readonly folder: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.folder = path.join(config.dataDir, 'evidence');
  }

  /** Writes the bytes to a temporary file and looks what they are; `keep` or `discard` it afterwards. */
  async receive(bytes: Readable): Promise<StoredFile> {
    const name = randomUUID();
    const temporary = this.temporary(name);
    await mkdir(path.dirname(temporary), { recursive: true, mode: 0o700 });
    try {
      const { size, sha256 } = await writeDown(bytes, temporary);
      const type = size === 0 ? undefined : await fileTypeFromFile(temporary);
      return {
        storageName: `${name.slice(0, 2)}/${name}`,
        bytes: size,
        sha256,
        extension: type?.ext ?? null,
        mediaType: type?.mime ?? null,
      };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Gives a received file its place for good; on disk when this returns. */
  async keep(file: StoredFile): Promise<void> {
    const target = this.place(file.storageName);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await rename(this.temporary(path.basename(file.storageName)), target);
    const folder = await open(path.dirname(target), 'r');
    await folder.sync().finally(() => folder.close());
  }

  /** Forgets a received file whose row was not written. */
  async discard(file: StoredFile): Promise<void> {
    await rm(this.temporary(path.basename(file.storageName)), { force: true });
    await rm(this.place(file.storageName), { force: true });
  }

  /** The bytes, or null when the file is not there. */
  async read(storageName: string): Promise<ReadStream | null> {
    const place = this.place(storageName);
    const there = await stat(place).catch(() => null);
    return there === null ? null : createReadStream(place);
  }

  private temporary(name: string): string {
    return path.join(this.folder, 'incoming', name);
  }

  private place(storageName: string): string {
    return path.join(this.folder, storageName);
  }
}

async function writeDown(bytes: Readable, target: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  const file = await open(target, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}
