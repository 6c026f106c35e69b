import { parentPort, workerData } from 'node:worker_threads';
import type { NotificationConfig } from '#config/notification-config.js';
import type { WritingCall, WritingReply, WrittenMail } from './mail-desk.js';
import { MailWriter } from './mail-writer.js';
import { MailNotWritableError } from './outgoing-notification.js';

const writer = new MailWriter(workerData as NotificationConfig['dkim']);

parentPort?.on('message', (calls: readonly WritingCall[]) => {
  void Promise.all(calls.map(write)).then((written) => {
    const raws = written.flatMap(({ raw }) => (raw === null ? [] : [raw]));
    // Copied: a small buffer shares its memory with others, which must not leave this thread.
    const bytes = new Uint8Array(raws.reduce((sum, raw) => sum + raw.length, 0));
    let at = 0;
    for (const raw of raws) {
      bytes.set(raw, at);
      at += raw.length;
    }
    const reply: WritingReply = { mails: written.map(({ mail }) => mail), bytes };
    parentPort?.postMessage(reply, [bytes.buffer]);
  });
});

async function write({ call, order }: WritingCall): Promise<{ mail: WrittenMail; raw: Buffer | null }> {
  try {
    const { subject, raw } = await writer.write(order);
    return { mail: { kind: 'mail', call, subject, octets: raw.length }, raw };
  } catch (error) {
    const kind = error instanceof MailNotWritableError ? 'not-writable' : 'failed';
    return {
      mail: { kind, call, message: error instanceof Error ? error.message : String(error) },
      raw: null,
    };
  }
}
