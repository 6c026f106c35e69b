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

async function listen(connections: number): Promise<void> {
  asked = [];
  answers = [];
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      stream.resume();
      stream.on('end', () => {
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
