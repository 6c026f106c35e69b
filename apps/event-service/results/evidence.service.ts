import type { ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { maySeeDeal } from '#libs/domain/access/deal-access.js';
import { evidenceTypeFits } from '#libs/domain/evidence/evidence-file.js';
import { uploadedFileName } from '#libs/domain/text/file-name.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { EvidenceStore, type StoredFile } from './evidence-store.js';

const MOST_FILES = 50;

/** A file part of a multipart request; `truncated` turns true when it was cut at the size limit. */
export interface IncomingFile {
  readonly filename: string;
  readonly file: Readable & { readonly truncated: boolean };
}

export interface OutgoingFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly content: ReadStream;
}

/** Evidence files of deals: seen, added and removed by both sides' members and staff. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly store: EvidenceStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Refuses those who may not see the deal, before a byte is read. */
  async assertVisible(actor: Actor, dealId: string): Promise<void> {
    await visibleDeal(this.transactions.manager, actor, dealId, '');
  }

  async add(actor: Actor, dealId: string, incoming: IncomingFile): Promise<void> {
    const fileName = uploadedFileName(incoming.filename);
    const stored = await this.receive(incoming);
    try {
      if (!evidenceTypeFits(fileName, stored.extension) || stored.mediaType === null)
        throw new AppError('evidence.kind-refused', { name: fileName });
      await this.store.keep(stored);
      await this.insert(actor, dealId, fileName, stored, stored.mediaType);
    } catch (error) {
      // When the database broke off, the row may have been written all the same: then the bytes must stay.
      if (error instanceof AppError) await this.store.discard(stored);
      throw error;
    }
  }

  async open(actor: Actor, dealId: string, fileId: string): Promise<OutgoingFile> {
    await this.assertVisible(actor, dealId);
    const rows = await this.transactions.manager.query<
      { file_name: string; media_type: string; bytes: number; storage_name: string }[]
    >(
      `SELECT file_name, media_type, bytes, storage_name FROM evidence_file
       WHERE id = $1 AND deal_id = $2 AND removed_at IS NULL`,
      [fileId, dealId],
    );
    const row = rows[0];
    const content = row === undefined ? null : await this.store.read(row.storage_name);
    if (row === undefined || content === null) throw new AppError('record.not-found', { what: '文件' });
    return { fileName: row.file_name, mediaType: row.media_type, bytes: row.bytes, content };
  }

  /** Takes a file out of sight; its bytes stay on disk, as what was once proof. */
  async remove(actor: Actor, dealId: string, fileId: string): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      await visibleDeal(manager, actor, dealId, 'FOR UPDATE');
      const [rows] = await manager.query<[{ file_name: string; sha256: string }[], number]>(
        `UPDATE evidence_file SET removed_at = $3 WHERE id = $1 AND deal_id = $2 AND removed_at IS NULL
         RETURNING file_name, sha256`,
        [fileId, dealId, this.clock.now()],
      );
      if (rows[0] === undefined) throw new AppError('record.not-found', { what: '文件' });
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'remove-evidence',
        subjectKind: 'deal',
        subjectId: dealId,
        detail: { fileId, fileName: rows[0].file_name, sha256: rows[0].sha256 },
      });
    });
  }

  private async receive(incoming: IncomingFile): Promise<StoredFile> {
    const tooLarge = () =>
      new AppError('request.too-large', { limit: `${this.config.uploadMaxBytes / 1024 / 1024} MB` });
    try {
      const stored = await this.store.receive(incoming.file);
      if (!incoming.file.truncated) return stored;
      await this.store.discard(stored);
    } catch (error) {
      if (!incoming.file.truncated) throw error;
    }
    throw tooLarge();
  }

  private async insert(
    actor: Actor,
    dealId: string,
    fileName: string,
    stored: StoredFile,
    mediaType: string,
  ): Promise<void> {
    await this.transactions.run(async ({ manager }) => {
      await visibleDeal(manager, actor, dealId, 'FOR UPDATE');
      const [count] = await manager.query<{ files: number }[]>(
        'SELECT count(*)::int AS files FROM evidence_file WHERE deal_id = $1 AND removed_at IS NULL',
        [dealId],
      );
      if ((count?.files ?? 0) >= MOST_FILES) throw new AppError('evidence.too-many', { limit: MOST_FILES });
      const rows = await manager.query<{ id: string }[]>(
        `INSERT INTO evidence_file (deal_id, file_name, media_type, bytes, sha256, storage_name, uploaded_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
        [
          dealId,
          fileName,
          mediaType,
          stored.bytes,
          stored.sha256,
          stored.storageName,
          actor.personId,
          this.clock.now(),
        ],
      );
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'add-evidence',
        subjectKind: 'deal',
        subjectId: dealId,
        detail: { fileId: rows[0]!.id, fileName, bytes: stored.bytes, sha256: stored.sha256 },
      });
    });
  }
}

async function visibleDeal(
  manager: EntityManager,
  actor: Actor,
  dealId: string,
  lock: '' | 'FOR UPDATE',
): Promise<void> {
  const rows = await manager.query<{ enterprise_id: string; institute_id: string }[]>(
    `SELECT enterprise_id, institute_id FROM deal WHERE id = $1 ${lock}`,
    [dealId],
  );
  const deal = rows[0];
  if (
    deal === undefined ||
    !maySeeDeal(actor, { enterpriseId: deal.enterprise_id, instituteId: deal.institute_id })
  )
    throw new AppError('record.not-found', { what: '对接' });
}
