import { parentPort, workerData } from 'node:worker_threads';
import type { NotificationConfig } from '#config/notification-config.js';
import type { WritingCall, WritingReply } from './mail-desk.js';
import { MailWriter } from './mail-writer.js';
import { MailNotWritableError } from './outgoing-notification.js';

const writer = new MailWriter(workerData as NotificationConfig['dkim']);

const answer = (reply: WritingReply): void =>
  parentPort?.postMessage(reply, reply.kind === 'mail' ? [reply.bytes.buffer] : []);

parentPort?.on('message', ({ call, order }: WritingCall) => {
  writer.write(order).then(
    // Copied: a small buffer shares its memory with others, which must not leave this thread.
    ({ subject, raw }) => answer({ kind: 'mail', call, subject, bytes: new Uint8Array(raw) }),
    (error: unknown) =>
      answer({
        kind: error instanceof MailNotWritableError ? 'not-writable' : 'failed',
        call,
        message: error instanceof Error ? error.message : String(error),
      }),
  );
});
