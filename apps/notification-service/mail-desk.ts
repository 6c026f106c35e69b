import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '#config/config.js';
import type { NotificationConfig } from '#config/notification-config.js';
import { CONFIG } from '#libs/platform/config-token.js';
import { MailWriter, type MailOrder } from './mail-writer.js';
import { MailNotWritableError, type ComposedMail } from './outgoing-notification.js';

export interface WritingCall {
  readonly call: number;
  readonly order: MailOrder;
}
export type WritingReply =
  | {
      readonly kind: 'mail';
      readonly call: number;
      readonly subject: string;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'not-writable' | 'failed'; readonly call: number; readonly message: string };

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
export class MailDesk implements OnApplicationShutdown {
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

  /** @throws MailNotWritableError when template, payload or invitation do not fit */
  write(order: MailOrder): Promise<ComposedMail> {
    if (this.thread?.alive !== true) {
      if (!existsSync(this.entry)) return (this.here ??= new MailWriter(this.dkim)).write(order);
      this.thread = new WritingThread(this.entry, this.dkim);
    }
    return this.thread.ask(order);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.stop();
  }
}

/** One thread and the mails it has not answered. */
class WritingThread {
  alive = true;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
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
      this.worker.postMessage({ call, order } satisfies WritingCall, []);
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private settle(reply: WritingReply): void {
    const waiting = this.waiting.get(reply.call);
    this.waiting.delete(reply.call);
    if (reply.kind === 'mail')
      waiting?.resolve({ subject: reply.subject, raw: Buffer.from(reply.bytes.buffer) });
    else if (reply.kind === 'not-writable') waiting?.reject(new MailNotWritableError(reply.message));
    else waiting?.reject(new Error(reply.message));
  }

  private end(): void {
    this.alive = false;
    for (const one of this.waiting.values()) one.reject(new Error(this.reason));
    this.waiting.clear();
  }
}
