import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Takes a message with a pause before its 250, and tells when that is on the wire. A pause that fails: never taken. */
export interface WatchedAccept {
  readonly before: () => Promise<void>;
  readonly after: () => void;
}

/** What the peer does with a message: take it, answer with an error, or take it and break off without an answer. */
type PeerAnswer = 'accept' | { readonly code: number; readonly text: string } | 'drop' | WatchedAccept;

export interface SmtpPeer {
  readonly url: string;
  /** Messages that were handed over completely, in the order in which they came. */
  readonly received: { readonly to: string; readonly raw: Buffer; readonly at: number }[];
  /** What happens to the next messages, then `accept`. */
  answers: PeerAnswer[];
  stop(): Promise<void>;
}

/** A real SMTP server on a free port of this machine. */
export async function startSmtpPeer(): Promise<SmtpPeer> {
  const received: SmtpPeer['received'] = [];
  const peer = { received, answers: [] as PeerAnswer[] };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const answer = peer.answers.shift() ?? 'accept';
        const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(',');
        const message = { to, raw: Buffer.concat(chunks) };
        if (typeof answer === 'object' && 'before' in answer) {
          void acceptWatched(answer, () => {
            received.push({ ...message, at: Date.now() });
            callback(null, 'queued');
          });
          return;
        }
        if (typeof answer === 'object') {
          callback(Object.assign(new Error(answer.text), { responseCode: answer.code }));
          return;
        }
        received.push({ ...message, at: Date.now() });
        if (answer === 'accept') callback(null, 'queued');
        else for (const connection of server.connections) (connection as { close(): void }).close();
      });
    },
  });
  // A client that leaves without QUIT is expected here.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(peer, {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

async function acceptWatched(answer: WatchedAccept, accept: () => void): Promise<void> {
  const held = await answer.before().then(
    () => true,
    () => false,
  );
  if (!held) return;
  // The answer is written to the socket, and so in the client's kernel, before this returns.
  accept();
  answer.after();
}
