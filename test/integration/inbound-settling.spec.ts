import { jest } from '@jest/globals';
import type { EventAnswers } from '#libs/contracts/notifications/answers.js';
import type { AnnouncementView } from '#libs/contracts/notifications/announcement.js';
import type { InboundMailDetail } from '#libs/contracts/notifications/inbound.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { inviteGuest, type Guest } from '../support/guests.js';
import { readMailbox } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import {
  computeTimetable,
  makeInterest,
  makeMeetingEvent,
  makeSide,
  registerSide,
  slotAt,
} from '../support/meetings.js';
import { makeOpenEvent } from '../support/registrations.js';
import { AUTHSERV, MAILBOX, replyMail } from '../support/replies.js';
import { waitFor } from '../support/wait-for.js';

jest.setTimeout(60_000);

const HTTP_TOKEN = 'gateway-token-gateway-token-gateway-token';
let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform({
    INBOUND_ADDRESS: MAILBOX,
    INBOUND_AUTHSERV_IDS: AUTHSERV,
    INBOUND_HTTP_TOKEN: HTTP_TOKEN,
    SWEEP_SECONDS: '0.2',
  });
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

const makeGuest = async (): Promise<Guest> =>
  inviteGuest(platform, await makeOpenEvent(platform, { capacity: 50 }), await makePerson(platform));

/** Hands a mail in over HTTP, waits until it is decided, and answers its id. */
async function deliver(raw: Buffer): Promise<string> {
  const response = await fetch(`${platform.url}/api/inbound/mail`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${HTTP_TOKEN}` },
    body: new Uint8Array(raw),
  });
  expect(response.status).toBe(202);
  const messageId = /^Message-ID: (<.*>)/m.exec(raw.toString('utf8'))![1]!;
  return waitFor(async () => {
    const rows = await platform.dataSource.query<{ id: string }[]>(
      "SELECT id FROM inbound_mail WHERE status <> 'received' AND message_id = $1",
      [messageId],
    );
    return rows[0]?.id ?? false;
  }, 'the mail to be decided');
}

const read = async (id: string): Promise<unknown[]> => {
  const { body } = await organizer.client.get<InboundMailDetail>(`/organizer/inbound-mails/${id}`);
  return [body.outcome, body.reason, body.settlement];
};
const apply = async (id: string): Promise<unknown[]> => {
  const answer = await organizer.client.post(`/organizer/inbound-mails/${id}/apply`);
  return [answer.status, answer.body['code'] ?? null];
};
const answersOf = async (eventId: string): Promise<EventAnswers> =>
  (await organizer.client.get<EventAnswers>(`/organizer/events/${eventId}/answers`)).body;
const unproven = (guest: Guest, more: { sequence?: number; stampedAt?: Date } = {}) =>
  replyMail({ uid: guest.uid, attendee: guest.email, authentication: null, ...more });

test('taking an answer to a revision that was never issued says so, and the mail stays open', async () => {
  const guest = await makeGuest();
  for (const raw of [
    replyMail({ uid: guest.uid, attendee: guest.email, sequence: 7 }),
    unproven(guest, { sequence: 7 }),
  ]) {
    const id = await deliver(raw);
    const before = await read(id);
    expect(await apply(id)).toEqual([409, 'inbound.never-issued']);
    expect(await read(id)).toEqual(before);
    expect(before).toEqual(['quarantine', expect.any(String), null]);
  }
  expect((await answersOf(guest.eventId)).counts.waiting).toBe(1);
});

test('nor is one taken that the event has left behind, or that is about nothing any more', async () => {
  const guest = await makeGuest();
  const id = await deliver(unproven(guest));
  const sync = () =>
    platform.dataSource.transaction((m) => syncEventInvitations(m, guest.eventId, platform.clock.now()));
  await platform.dataSource.query(
    "UPDATE event SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' WHERE id = $1",
    [guest.eventId],
  );
  await sync();
  expect(await apply(id)).toEqual([409, 'inbound.obsolete']);
  await platform.dataSource.query("UPDATE event SET state = 'cancelled' WHERE id = $1", [guest.eventId]);
  await sync();
  expect(await apply(id)).toEqual([409, 'inbound.called-off']);
  expect((await organizer.client.post(`/organizer/inbound-mails/${id}/dismiss`)).status).toBe(200);
});

test('what is read again and still not recorded is open again, with the reason', async () => {
  const guest = await makeGuest();
  await deliver(replyMail({ uid: guest.uid, attendee: guest.email, partstat: 'DECLINED' }));
  const id = await deliver(unproven(guest, { stampedAt: new Date(Date.now() - 3_600_000) }));
  expect(await apply(id)).toEqual([200, null]);
  await waitFor(async () => (await read(id))[1] === 'a later statement is recorded', 'the reason');
  expect(await read(id)).toEqual(['quarantine', 'a later statement is recorded', null]);
  expect((await answersOf(guest.eventId)).counts.declined).toBe(1);
});

async function propose(guest: Guest, start: Date, end: Date): Promise<string> {
  const stamp = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const lines = [`DTSTART:${stamp(start)}`, `DTEND:${stamp(end)}`];
  await deliver(replyMail({ method: 'COUNTER', uid: guest.uid, attendee: guest.email, lines }));
  return (await answersOf(guest.eventId)).proposals[0]!.id;
}

const future = [new Date('2099-12-01T02:00:00Z'), new Date('2099-12-01T03:00:00Z')] as const;

test('accepted and declined at the same moment, a proposal is what came first, and the event agrees with it', async () => {
  const guest = await makeGuest();
  const id = await propose(guest, ...future);
  const answer = (kind: string) => organizer.client.post(`/organizer/proposals/${id}/${kind}`, {});
  const waiting = (count: number) =>
    waitFor(async () => {
      const [row] = await platform.dataSource.query<[{ n: number }]>(
        `SELECT count(DISTINCT l.pid)::int AS n FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE NOT l.granted AND a.datname = current_database()`,
      );
      return row.n >= count;
    }, `${count} to wait`);
  const runner = platform.dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT id FROM event WHERE id = $1 FOR UPDATE', [guest.eventId]);
  const accepting = answer('accept');
  let declining = accepting;
  try {
    await waiting(1);
    declining = answer('decline');
    await Promise.race([waiting(2), declining]);
  } finally {
    await runner.commitTransaction();
    await runner.release();
  }
  const [accepted, declined] = [await accepting, await declining];
  expect([accepted.status, declined.status, declined.body['code']]).toEqual([200, 409, 'proposal.decided']);
  const { proposals } = await answersOf(guest.eventId);
  expect(proposals.map((one) => [one.status, one.currentStartsAt])).toEqual([
    ['accepted', future[0].toISOString()],
  ]);
  const topics = (await readMailbox(platform.dataSource, guest.email)).map((mail) => mail.topic);
  expect(topics).not.toContain('proposal-declined');
});

test('a time that is over, or that the event has already, is no time to move to', async () => {
  const now = Date.now();
  const over = await makeGuest();
  const past = await propose(over, new Date(now - 7_200_000), new Date(now - 3_600_000));
  const same = await makeGuest();
  const [[event]] = await platform.dataSource.query<[{ starts: Date; ends: Date }[], number]>(
    `UPDATE event SET starts_at = date_trunc('second', starts_at), ends_at = date_trunc('second', ends_at)
     WHERE id = $1 RETURNING starts_at AS starts, ends_at AS ends`,
    [same.eventId],
  );
  const equal = await propose(same, event!.starts, event!.ends);
  const other = await makeGuest();
  await propose(other, ...future);
  const movable = async (guest: Guest) =>
    (await answersOf(guest.eventId)).proposals.map((one) => one.movable);
  expect([await movable(over), await movable(same), await movable(other)]).toEqual([
    [false],
    [false],
    [true],
  ]);
  const refused = async (id: string) => {
    const answer = await organizer.client.post(`/organizer/proposals/${id}/accept`);
    return [answer.status, answer.body['code']];
  };
  expect([await refused(past), await refused(equal)]).toEqual([
    [409, 'proposal.past'],
    [409, 'proposal.same-time'],
  ]);
  expect((await organizer.client.post(`/organizer/proposals/${past}/decline`, {})).status).toBe(200);
});

test('a proposal that the plan has come to meet is closed as accepted, and its proposer is not refused', async () => {
  const guest = await makeGuest();
  const id = await propose(guest, ...future);
  const close = async () => {
    const answer = await organizer.client.post(`/organizer/proposals/${id}/close`);
    return [answer.status, answer.body['code'] ?? null];
  };
  const seen = async () => (await answersOf(guest.eventId)).proposals.map((one) => [one.status, one.taken]);
  expect([await seen(), await close()]).toEqual([[['open', false]], [409, 'proposal.not-taken']]);
  await platform.dataSource.query('UPDATE event SET starts_at = $2, ends_at = $3 WHERE id = $1', [
    guest.eventId,
    ...future,
  ]);
  expect(await seen()).toEqual([['open', true]]);
  expect(await close()).toEqual([200, null]);
  expect([await seen(), await close()]).toEqual([[['accepted', false]], [409, 'proposal.decided']]);
  const topics = (await readMailbox(platform.dataSource, guest.email)).map((mail) => mail.topic);
  expect(topics).not.toContain('proposal-declined');
});

test('who would hear of an accepted proposal is told first; nothing is decided by it', async () => {
  const guest = await makeGuest();
  const other = await inviteGuest(platform, guest.eventId, await makePerson(platform));
  const id = await propose(guest, ...future);
  const foretell = (proposal: string) =>
    organizer.client.post<AnnouncementView>(`/organizer/proposals/${proposal}/announcement`);
  const { status, body } = await foretell(id);
  expect([status, body.people]).toEqual([200, 2]);
  expect(body.lines.map(({ personId, topic }) => `${personId} ${topic}`).sort()).toEqual(
    [guest.id, other.id].map((person) => `${person} invitation-update`).sort(),
  );
  const { proposals } = await answersOf(guest.eventId);
  expect(proposals.map((one) => [one.status, one.movable])).toEqual([['open', true]]);
  expect((await organizer.client.post(`/organizer/proposals/${id}/decline`, {})).status).toBe(200);
  expect((await foretell(id)).body).toMatchObject({ code: 'proposal.decided' });
});

test('answers tell whose they are and to which meeting, meetings in order of time', async () => {
  const { id } = await makeMeetingEvent(platform, { slots: 2, tables: 1 });
  const firm = await makeSide(platform, 'enterprise', '答复公司');
  const labs = [await makeSide(platform, 'institute', '乙所'), await makeSide(platform, 'institute', '甲所')];
  for (const side of [firm, ...labs]) await registerSide(platform, id, side);
  for (const lab of labs) await makeInterest(platform, firm, lab);
  await organizer.client.post(`/organizer/events/${id}/meetings/collect`);
  const timetable = await computeTimetable(organizer, id);
  expect((await organizer.client.post(`/organizer/timetables/${timetable}/publish`)).status).toBe(200);
  const { rows } = await answersOf(id);
  const own = rows.filter((row) => row.kind === 'meeting' && row.personId === firm.person.id);
  expect(own.map((row) => row.startsAt)).toEqual([slotAt(0), slotAt(1)]);
  expect(own.map((row) => row.organisation)).toEqual(['答复公司', '答复公司']);
  expect(own.map((row) => row.summary.slice(-2)).sort()).toEqual(['乙所', '甲所']);
});
