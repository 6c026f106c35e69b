import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Config } from '#config/config.js';
import type { NotificationConfig } from '#config/notification-config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import type { MailOrder, MailWriter } from './mail-writer.js';
import { MailNotWritableError, type ComposedMail } from './outgoing-notification.js';

/** Orders go over together, and their mails come back so: each message costs both threads as much as a short mail. */
export interface WritingCall {
  readonly call: number;
  readonly order: MailOrder;
}
/** Of a mail the length of its bytes, which follow those of the mails before it. */
export type WrittenMail =
  | { readonly kind: 'mail'; readonly call: number; readonly subject: string; readonly octets: number }
  | { readonly kind: 'not-writable' | 'failed'; readonly call: number; readonly message: string };
export interface WritingReply {
  readonly mails: readonly WrittenMail[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Waiting {
  resolve(mail: ComposedMail): void;
  reject(error: Error): void;
}

/**
 * Has mails written and signed in a thread of its own, so that this one goes on with its connections and, where one
 * process does everything, with its pages. A thread that ended is followed by another. Where the compiled entry is not
 * beside this file (tests run the sources) mails are written here.
 */
@Injectable()
export class MailDesk implements OnModuleInit, OnApplicationShutdown {
  private entry = fileURLToPath(new URL('writing-thread.js', import.meta.url));
  private readonly dkim: NotificationConfig['dkim'];
  private thread: WritingThread | null = null;
  private here: MailWriter | null = null;

  constructor(@Inject(CONFIG) config: Config) {
    this.dkim = config.dkim;
  }

  /** Uses this compiled entry; for tests. */
  use(entry: string): void {
    this.entry = entry;
  }

  /** The thread loads what it needs while the process still starts. */
  onModuleInit(): void {
    this.start();
  }

  /** @throws MailNotWritableError when template, payload or invitation do not fit */
  write(order: MailOrder): Promise<ComposedMail> {
    if (this.thread?.alive !== true) this.start();
    return this.thread === null ? this.writeHere(order) : this.thread.ask(order);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.stop();
  }

  private start(): void {
    this.thread = existsSync(this.entry) ? new WritingThread(this.entry, this.dkim) : null;
  }

  private async writeHere(order: MailOrder): Promise<ComposedMail> {
    const { MailWriter } = await import('./mail-writer.js');
    return (this.here ??= new MailWriter(this.dkim)).write(order);
  }
}

/** One thread and the mails it has not answered. */
class WritingThread {
  alive = true;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private gathered: WritingCall[] = [];
  private busy = false;
  private calls = 0;
  private reason = 'The thread that writes mails ended';

  constructor(entry: string, dkim: NotificationConfig['dkim']) {
    this.worker = new Worker(entry, { workerData: dkim });
    this.worker.on('message', (reply: WritingReply) => this.settle(reply));
    this.worker.on('error', (error) => (this.reason += `: ${String(error)}`));
    this.worker.on('exit', () => this.end());
    this.worker.unref();
  }

  ask(order: MailOrder): Promise<ComposedMail> {
    return new Promise((resolve, reject) => {
      const call = (this.calls += 1);
      this.waiting.set(call, { resolve, reject });
      this.gathered.push({ call, order });
      if (this.busy) return;
      this.busy = true;
      // What else is asked in this turn goes over with it.
      setImmediate(() => this.handOver());
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  /** What is asked while the thread writes waits for its answer, and then goes over as one. */
  private handOver(): void {
    this.busy = this.gathered.length > 0;
    if (this.busy) this.worker.postMessage(this.gathered.splice(0), []);
  }

  private settle({ mails, bytes }: WritingReply): void {
    this.handOver();
    let at = 0;
    for (const mail of mails) {
      const waiting = this.waiting.get(mail.call);
      this.waiting.delete(mail.call);
      if (mail.kind === 'mail') {
        waiting?.resolve({ subject: mail.subject, raw: Buffer.from(bytes.buffer, at, mail.octets) });
        at += mail.octets;
      } else if (mail.kind === 'not-writable') waiting?.reject(new MailNotWritableError(mail.message));
      else waiting?.reject(new Error(mail.message));
    }
  }

  private end(): void {
    this.alive = false;
    for (const one of this.waiting.values()) one.reject(new Error(this.reason));
    this.waiting.clear();
  }
}
