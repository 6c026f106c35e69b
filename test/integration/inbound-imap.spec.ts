import { jest } from '@jest/globals';
import { startImapPeer, type ImapPeer } from '../support/imap-peer.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { plainMail } from '../support/replies.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

let peer: ImapPeer;
let platform: TestPlatform;
beforeAll(async () => {
  peer = await startImapPeer();
  peer.mails.push({
    raw: plainMail({ from: 'a@test.example', to: 'x@else.example', subject: 'first' }),
    seen: false,
  });
  platform = await startTestPlatform({
    INBOUND_ADDRESS: 'rsvp@events.test.example',
    INBOUND_IMAP_URL: peer.url,
    INBOUND_IMAP_SECONDS: '1',
    SWEEP_SECONDS: '0.2',
  });
});
afterAll(async () => {
  await platform.stop();
  await peer.stop();
});

const subjects = async () =>
  (
    await platform.dataSource.query<{ subject: string; source: string; outcome: string }[]>(
      "SELECT subject, source, outcome FROM inbound_mail WHERE status = 'done' ORDER BY received_at, id",
    )
  ).map((row) => [row.subject, row.source, row.outcome]);

test('unseen mails are kept, read and marked as seen, each once', async () => {
  await waitFor(async () => (await subjects()).length === 1, 'the first mail');
  peer.mails.push({
    raw: plainMail({ from: 'b@test.example', to: 'x@else.example', subject: 'second' }),
    seen: false,
  });
  await waitFor(async () => (await subjects()).length === 2, 'the second mail');
  await waitFor(() => Promise.resolve(peer.mails.every((mail) => mail.seen)), 'both to be marked');
  expect(await subjects()).toEqual([
    ['first', 'imap', 'ignore'],
    ['second', 'imap', 'ignore'],
  ]);
});
