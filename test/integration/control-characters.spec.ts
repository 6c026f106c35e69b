import { answerToken } from '#libs/platform/answer-links.js';
import { Signer } from '#libs/platform/secrets.js';
import { inTwoDays, makeEvent, patchEvent, readEvent, register, transition } from '../support/events.js';
import { makePerson, type TestPerson } from '../support/factories.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let organizer: TestPerson;
beforeAll(async () => {
  platform = await startTestPlatform();
  organizer = await makePerson(platform, { roles: ['organizer'] });
});
afterAll(() => platform.stop());

test('titles are one line, texts keep their lines, and NUL reaches no database', async () => {
  const id = await makeEvent(organizer, {
    title: '海洋\u0000科技\r\n论坛',
    intro: '一\r\n\u0000二\t三\u001b',
    startsAt: inTwoDays(0),
    endsAt: inTwoDays(2),
  });
  expect(await readEvent(organizer, id)).toMatchObject({ title: '海洋科技 论坛', intro: '一\n二\t三' });
  const empty = await organizer.client.post<{ code: string }>('/organizer/events', {
    kind: 'forum',
    title: '\u0000\u0007',
    startsAt: inTwoDays(0),
    endsAt: inTwoDays(2),
    capacity: 4,
  });
  expect([empty.status, empty.body.code]).toEqual([400, 'request.invalid']);
});

test('neither does half a character, in a comment, an address or a search', async () => {
  const id = await makeEvent(organizer);
  await transition(organizer, id, 'publish');
  const guest = await makePerson(platform);
  await register(platform, id, guest);
  await patchEvent(organizer, id, { title: '改名' });
  const [object] = await platform.dataSource.query<{ id: string }[]>(
    'SELECT id FROM calendar_object WHERE person_id = $1',
    [guest.id],
  );
  const token = answerToken(platform.running.app.get(Signer), object!.id);
  const path = `/rsvp/${encodeURIComponent(token)}`;
  const answer = { answer: 'TENTATIVE', comment: '晚到\u0000十分钟\ud83d\n谢谢' };
  expect((await guest.client.post(path, answer)).status).toBe(200);
  const { body } = await guest.client.get<{ comment: string }>(path);
  expect(body.comment).toBe('晚到十分钟\ufffd\n谢谢');
  expect((await guest.client.get('/events?q=%00')).status).toBe(200);
  expect((await guest.client.get('/organisations?q=a%00b')).status).toBeLessThan(500);
  expect((await guest.client.get('/events/%00')).status).toBeLessThan(500);
});
