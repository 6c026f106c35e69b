import { jest } from '@jest/globals';
import { startDovecotPeer, type DovecotPeer } from '../support/dovecot-peer.js';
import { makePerson } from '../support/factories.js';
import { inviteGuest, type Guest } from '../support/guests.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { makeOpenEvent } from '../support/registrations.js';
import { AUTHSERV, MAILBOX, plainMail, replyMail } from '../support/replies.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

const DOVECOT = process.env['TEST_DOVECOT'];

const suite = DOVECOT === undefined ? describe.skip : describe;
suite('answers through a Dovecot (skipped unless TEST_DOVECOT names its program)', () => {
  let peer: DovecotPeer;
  let platform: TestPlatform;
  beforeAll(async () => {
    peer = await startDovecotPeer(DOVECOT!);
    platform = await startTestPlatform({
      INBOUND_ADDRESS: MAILBOX,
      INBOUND_AUTHSERV_IDS: AUTHSERV,
      INBOUND_IMAP_URL: peer.imapUrl,
      // So seldom that what comes in time was told of by the server (IDLE).
      INBOUND_IMAP_SECONDS: '600',
      SWEEP_SECONDS: '0.2',
    });
  });
  afterAll(async () => {
    await platform?.stop();
    await peer?.stop();
  });

  async function makeGuest(): Promise<Guest> {
    const eventId = await makeOpenEvent(platform, { capacity: 50 });
    return inviteGuest(platform, eventId, await makePerson(platform));
  }

  const ownAddress = (guest: Guest) => MAILBOX.replace('@', `+${guest.replyKey}@`);
  /** A reply whose only proof is the address that it is sent to. */
  const reply = (guest: Guest, partstat: string) =>
    replyMail({
      uid: guest.uid,
      attendee: guest.email,
      partstat,
      to: ownAddress(guest),
      authentication: null,
    });

  const answersOf = (guest: Guest) =>
    platform.dataSource.query<{ answer: string; channel: string }[]>(
      'SELECT answer, channel FROM calendar_answer WHERE calendar_object_id = $1 ORDER BY stated_at, id',
      [guest.objectId],
    );
  const kept = async () =>
    (
      await platform.dataSource.query<[{ n: number }]>(
        "SELECT count(*)::int AS n FROM inbound_mail WHERE status = 'done'",
      )
    )[0].n;
  const reach = (count: number) =>
    waitFor(async () => (await kept()) === count && peer.unseen() === 0, `${count} mails to be read`);

  test('replies that are handed in by LMTP are read and applied, each once', async () => {
    const [accepts, declines] = [await makeGuest(), await makeGuest()];
    await peer.deliver(reply(accepts, 'ACCEPTED'), ownAddress(accepts));
    await peer.deliver(reply(declines, 'DECLINED'), ownAddress(declines));
    await peer.deliver(plainMail({ from: 'stranger@test.example', subject: '你好' }), MAILBOX);
    await reach(3);
    expect(await answersOf(accepts)).toEqual([{ answer: 'ACCEPTED', channel: 'mail' }]);
    expect(await answersOf(declines)).toEqual([{ answer: 'DECLINED', channel: 'mail' }]);
  });

  test('a mailbox that comes back with another UIDVALIDITY and everything unseen repeats nothing', async () => {
    const before = await kept();
    await peer.restoreUnseen();
    expect(peer.unseen()).toBe(3);
    const late = await makeGuest();
    await peer.deliver(reply(late, 'TENTATIVE'), ownAddress(late));
    await reach(before + 1);
    expect(await answersOf(late)).toEqual([{ answer: 'TENTATIVE', channel: 'mail' }]);
    const answers = await platform.dataSource.query<unknown[]>('SELECT 1 FROM calendar_answer');
    expect(answers).toHaveLength(3);
  });
});
