import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SmtpSender } from '../../apps/notification-service/smtp-sender.js';

const ANYBODY: SMTPServerOptions = { authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] };
const TRUST = 'tls.rejectUnauthorized=false';

interface Kept {
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

/** What a server keeps of a mail that goes there under `url`, and what the sender makes of it. */
async function deliver(raw: Buffer, options: SMTPServerOptions, url: (address: string) => string) {
  const kept: Kept[] = [];
  const server = new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'u' && password === 'p' ? done(null, { user: 'u' }) : done(new Error('no')),
    onData(stream, { secure, user }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        kept.push({ raw: String(Buffer.concat(chunks)), secure, user });
        done(null, 'queued');
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const sender = new SmtpSender(url(`127.0.0.1:${(server.server.address() as AddressInfo).port}`), 2);
  try {
    sender.expect(1);
    const outcome = await sender.send({ subject: 's', raw }, 'a@x.example', 'b@x.example', () => true);
    return { outcome, kept };
  } finally {
    sender.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

test.each([
  ['STARTTLS and AUTH', {}, (at: string) => `smtp://u:p@${at}?requireTLS=true&${TRUST}`, true, 'u'],
  ['TLS and AUTH', { secure: true }, (at: string) => `smtps://u:p@${at}?${TRUST}`, true, 'u'],
  ['LMTP', { ...ANYBODY, lmtp: true }, (at: string) => `smtp://${at}?lmtp=true`, false, undefined],
  ['no PIPELINING', { ...ANYBODY, hidePIPELINING: true }, (at: string) => `smtp://${at}`, false, undefined],
] as const)('with %s a mail arrives octet by octet', async (_name, options, url, secure, user) => {
  const raw = Buffer.from(`Subject: s\r\n\r\n.\r\n${'0123456789'.repeat(7)}\r\n`.repeat(4_000));
  expect(await deliver(raw, options, url)).toEqual({
    outcome: { accepted: true, response: '250 queued' },
    kept: [{ raw: String(raw), secure, user }],
  });
});

test('a password that the server does not take is told as the server says it', async () => {
  const raw = Buffer.from('Subject: s\r\n\r\nx\r\n');
  const { outcome, kept } = await deliver(raw, {}, (at) => `smtp://u:wrong@${at}?${TRUST}`);
  expect(outcome).toMatchObject({ accepted: false, status: 535 });
  expect(kept).toEqual([]);
});
