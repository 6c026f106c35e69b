import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { SmtpSender } from '../../apps/notification-service/smtp-sender.js';
import { waitFor } from '../support/wait-for.js';

const mail = { subject: 's', raw: Buffer.from('Subject: s\r\n\r\nhello\r\n') };

let server: SMTPServer;
let sender: SmtpSender;
/** Recipients in the order of their mails, and what lets the server answer the next one that waits. */
let asked: string[];
let answers: (() => void)[];

async function listen(connections: number, keep?: (raw: Buffer) => void): Promise<void> {
  asked = [];
  answers = [];
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        keep?.(Buffer.concat(chunks));
        asked.push(session.envelope.rcptTo[0]!.address);
        answers.push(() => done(null, 'queued'));
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  sender = new SmtpSender(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, connections);
}
afterEach(async () => {
  for (const answer of answers.splice(0)) answer();
  sender.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const send = (to: string, mayGo = () => true) => sender.send(mail, 'a@test.example', to, mayGo);
const names = (count: number) => Array.from({ length: count }, (_, at) => `to-${at}@test.example`);

test('as many mails as connections are on their way, and the others follow in their order', async () => {
  await listen(2);
  const all = names(6);
  const outcomes = Promise.all(all.map((to) => send(to)));
  for (let done = 0; done < all.length; done += 2) {
    await waitFor(() => Promise.resolve(answers.length === 2), 'two mails to be at the server');
    expect(asked.toSorted()).toEqual(all.slice(0, done + 2));
    for (const answer of answers.splice(0)) answer();
  }
  expect(await outcomes).toEqual(all.map(() => ({ accepted: true, response: '250 queued' })));
});

test('mails that wait for a connection are not begun when no more are sent', async () => {
  await listen(1);
  const [first, ...others] = names(4).map((to) => send(to));
  await waitFor(() => Promise.resolve(answers.length === 1), 'the first mail to be at the server');
  sender.stop();
  expect(await Promise.all(others)).toEqual(others.map(() => ({ accepted: null })));
  answers.shift()!();
  expect(await first).toEqual({ accepted: true, response: '250 queued' });
  expect(asked).toEqual(['to-0@test.example']);
});

test('a mail that may not go any more when its turn comes is not begun', async () => {
  await listen(1);
  let paused = false;
  const [first, second, third] = names(3).map((to, at) => send(to, () => at === 2 || !paused));
  await waitFor(() => Promise.resolve(answers.length === 1), 'the first mail to be at the server');
  paused = true;
  answers.shift()!();
  expect(await first).toEqual({ accepted: true, response: '250 queued' });
  expect(await second).toEqual({ accepted: null });
  await waitFor(() => Promise.resolve(answers.length === 1), 'the third mail to be at the server');
  answers.shift()!();
  expect(await third).toEqual({ accepted: true, response: '250 queued' });
  expect(asked).toEqual(['to-0@test.example', 'to-2@test.example']);
});

test('what a server keeps is what was sent, lines of dots included', async () => {
  const kept: Buffer[] = [];
  await listen(1, (raw) => kept.push(raw));
  const mails = ['.\r\n', '..\r\n.x\r\n\r\n.\r\n', 'no line end', 'x\r\n'.repeat(20_000)];
  for (const text of mails) {
    const raw = Buffer.from(`Subject: s\r\n\r\n${text}`);
    const sent = sender.send({ subject: 's', raw }, 'a@test.example', 'b@test.example', () => true);
    await waitFor(() => Promise.resolve(answers.length === 1), 'the mail to be at the server');
    answers.shift()!();
    expect(await sent).toEqual({ accepted: true, response: '250 queued' });
  }
  expect(kept.map(String)).toEqual(
    mails.map((text) => `Subject: s\r\n\r\n${text}${text.endsWith('\r\n') ? '' : '\r\n'}`),
  );
});

test('connections open ahead of their mails, as many as there are mails and no more than allowed', async () => {
  await listen(3);
  const connected = () =>
    new Promise<number>((resolve) => server.server.getConnections((_, n) => resolve(n)));
  sender.expect(2);
  sender.expect(1);
  await waitFor(async () => (await connected()) === 2, 'two connections');
  sender.expect(50);
  await waitFor(async () => (await connected()) === 3, 'the third connection');
  const all = names(5);
  const outcomes = Promise.all(all.map((to) => send(to)));
  for (let done = 0; done < all.length; done += answers.splice(0).map((answer) => answer()).length)
    await waitFor(() => Promise.resolve(answers.length === Math.min(3, all.length - done)), 'the next mails');
  expect(await outcomes).toEqual(all.map(() => ({ accepted: true, response: '250 queued' })));
  expect(await connected()).toBe(3);
});

test('a connection that cannot be opened ahead is told to the mail that needs it', async () => {
  await listen(1);
  const { port } = server.server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  sender.expect(1);
  expect(await send('to@test.example')).toEqual({
    accepted: false,
    status: null,
    text: `connect ECONNREFUSED 127.0.0.1:${port}`,
  });
});
