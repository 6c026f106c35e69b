import { jest } from '@jest/globals';
import { readInvitation } from '#libs/domain/calendar/read-invitation.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { makePerson } from '../support/factories.js';
import { inviteGuest } from '../support/guests.js';
import { waitForMails } from '../support/mailbox.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { startRadicalePeer, type RadicalePeer } from '../support/radicale-peer.js';
import { makeOpenEvent } from '../support/registrations.js';

jest.setTimeout(60_000);

const RADICALE = process.env['TEST_RADICALE'];
const TITLE = '海洋装备“对接会”；第 3 场, 🚢 A\\B: 请携带证件';

const suite = RADICALE === undefined ? describe.skip : describe;
suite('what calendars get is taken by a Radicale (skipped unless TEST_RADICALE names its program)', () => {
  let peer: RadicalePeer;
  let platform: TestPlatform;
  beforeAll(async () => {
    peer = await startRadicalePeer(RADICALE!);
    platform = await startTestPlatform({ INBOUND_ADDRESS: 'rsvp@duijie.example', SWEEP_SECONDS: '0.2' });
  });
  afterAll(async () => {
    await platform?.stop();
    await peer?.stop();
  });

  /** "UID SEQUENCE STATUS SUMMARY" of every VEVENT. */
  const told = (text: string) =>
    [...text.replace(/\r?\n /g, '').matchAll(/BEGIN:VEVENT\r?\n([\s\S]*?)END:VEVENT/g)]
      .map(([, event]) =>
        ['UID', 'SEQUENCE', 'STATUS', 'SUMMARY', 'DTSTART;TZID=Asia/Shanghai']
          .map((name) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(event!)?.[1] ?? '')
          .join(' '),
      )
      .sort();

  test('invitation, update and cancellation are stored and read back unchanged', async () => {
    const calendar = await peer.makeCalendar('invitations');
    const eventId = await makeOpenEvent(platform, { capacity: 9, title: TITLE });
    const guest = await inviteGuest(platform, eventId, await makePerson(platform, { name: '王 "海洋" 工' }));
    const sync = () =>
      platform.dataSource.transaction((m) => syncEventInvitations(m, eventId, platform.clock.now()));
    await platform.dataSource.query(
      "UPDATE event SET starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' WHERE id = $1",
      [eventId],
    );
    await sync();
    await platform.dataSource.query("UPDATE event SET state = 'cancelled' WHERE id = $1", [eventId]);
    await sync();
    const mails = await waitForMails(platform.dataSource, guest.email, undefined, 3);
    expect(mails.map((mail) => mail.calendar?.method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
    for (const mail of mails) {
      // A stored object has no METHOD (RFC 4791 §4.1); Radicale refuses what it cannot parse.
      const object = mail.calendarText!.replace(/METHOD:[A-Z]+\r\n/, '');
      expect(await peer.put(`${calendar}/invitation.ics`, object)).toBe(201);
      const stored = await peer.get(`${calendar}/invitation.ics`);
      const { uid, sequence, start, end, summary, attendees, organizer } = readInvitation(stored);
      expect({ uid, sequence, start, end, summary, attendees, organizer }).toEqual({
        uid: mail.calendar!.uid,
        sequence: mail.calendar!.sequence,
        start: mail.calendar!.start,
        end: mail.calendar!.end,
        summary: TITLE,
        attendees: mail.calendar!.attendees,
        organizer: mail.calendar!.organizer,
      });
    }
  });

  test('a feed of several days, called-off events and strange words is taken whole', async () => {
    const off = await makeOpenEvent(platform, { capacity: 9, title: '取消的对接会' });
    const long = await makeOpenEvent(platform, { capacity: 9, title: `${TITLE} 二` });
    await platform.dataSource.query("UPDATE event SET state = 'cancelled' WHERE id = $1", [off]);
    await platform.dataSource.query(
      "UPDATE event SET ends_at = starts_at + interval '49 hours' WHERE id = $1",
      [long],
    );
    await platform.dataSource.query('UPDATE event SET published_at = now()');
    const text = await (await platform.client().raw('/calendar/public.ics?days=true')).text();
    expect(told(text).length).toBeGreaterThan(4);
    // PUT on a whole collection: Radicale splits it into its events.
    expect(await peer.put('/user/feed/', text)).toBe(201);
    expect(told(await peer.get('/user/feed/'))).toEqual(told(text));
  });
});
