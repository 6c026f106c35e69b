import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { MailFacts } from '#libs/domain/calendar/inbound/mail-facts.js';

/** A mail could not be taken apart within the limits. */
export class MailNotReadableError extends Error {
  override readonly name = 'MailNotReadableError';
}

type Reply = { readonly facts: MailFacts } | { readonly error: string };

/** Real mails take some milliseconds; the rest is for a busy machine. */
const TIME_LIMIT_MS = 5_000;
const MEMORY_LIMIT_MIB = 192;

/**
 * Takes mails apart in a thread of its own, one after the other, so that a hostile one neither holds up this process
 * nor takes its memory: a thread that does not answer in time is ended and the next mail gets a new one. Where the
 * compiled entry is not beside this file (tests run the sources) mails are parsed here.
 */
@Injectable()
export class MailParser implements OnApplicationShutdown {
  private entry = fileURLToPath(new URL('parse-thread.js', import.meta.url));
  private limitMs = TIME_LIMIT_MS;
  private thread: ParsingThread | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  /** @throws MailNotReadableError */
  parse(raw: Buffer): Promise<MailFacts> {
    const mine = this.turn.then(() => this.parseNow(raw));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Uses this compiled entry, and another time limit; for tests. */
  use(entry: string, limitMs: number): void {
    this.entry = entry;
    this.limitMs = limitMs;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.stop();
  }

  private async parseNow(raw: Buffer): Promise<MailFacts> {
    const reply = existsSync(this.entry) ? await this.askThread(raw) : await parseHere(raw);
    if ('error' in reply) throw new MailNotReadableError(reply.error);
    return reply.facts;
  }

  private async askThread(raw: Buffer): Promise<Reply> {
    this.thread ??= new ParsingThread(this.entry);
    const reply = await this.thread.ask(raw, this.limitMs);
    if (!this.thread.alive) this.thread = null;
    return reply;
  }
}

/** One thread and the mail it is at. */
class ParsingThread {
  alive = true;
  private readonly worker: Worker;
  private answer: ((reply: Reply) => void) | null = null;

  constructor(entry: string) {
    this.worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MIB } });
    this.worker.on('message', (reply: Reply) => this.answer?.(reply));
    this.worker.on('error', (error) => this.end(error instanceof Error ? error.message : String(error)));
    this.worker.on('exit', () => this.end('The parsing thread ended'));
    this.worker.unref();
  }

  ask(raw: Buffer, limitMs: number): Promise<Reply> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.end(`Not read within ${limitMs} ms`);
        void this.worker.terminate();
      }, limitMs);
      this.answer = (reply) => {
        clearTimeout(timer);
        this.answer = null;
        resolve(reply);
      };
      this.worker.postMessage(new Uint8Array(raw), []);
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private end(reason: string): void {
    this.alive = false;
    this.answer?.({ error: reason });
  }
}

async function parseHere(raw: Buffer): Promise<Reply> {
  try {
    const { parseMail } = await import('./parse-mail.js');
    return { facts: await parseMail(raw) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
