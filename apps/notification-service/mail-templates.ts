import { Injectable } from '@nestjs/common';
import type { OwnWords } from '#libs/platform/mails/own-words.js';
import { Transactions } from '#libs/platform/database/transactions.js';

const KEEP_MS = 5_000;

/** Templates of programmes; few, so all are kept, and read anew every few seconds. */
@Injectable()
export class MailTemplates {
  private words: ReadonlyMap<string, OwnWords> = new Map();
  private readUntil = 0;
  private reading: Promise<void> | null = null;

  constructor(private readonly transactions: Transactions) {}

  async find(programmeId: string | null, topic: string, locale: string): Promise<OwnWords | null> {
    if (programmeId === null) return null;
    if (performance.now() > this.readUntil)
      await (this.reading ??= this.read().finally(() => (this.reading = null)));
    return this.words.get(`${programmeId} ${topic} ${locale}`) ?? null;
  }

  private async read(): Promise<void> {
    const rows = await this.transactions.manager.query<(OwnWords & { key: string })[]>(
      `SELECT programme_id || ' ' || topic || ' ' || locale AS key, subject, body FROM mail_template`,
    );
    this.words = new Map(rows.map(({ key, subject, body }) => [key, { subject, body }]));
    this.readUntil = performance.now() + KEEP_MS;
  }
}
