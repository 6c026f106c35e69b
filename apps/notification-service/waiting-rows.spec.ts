import type { OutgoingNotification } from './outgoing-notification.js';
import { WaitingRows } from './waiting-rows.js';

const row = (id: string, channel: string) => ({ id, channel }) as OutgoingNotification;
const ids = (rows: readonly OutgoingNotification[]) => rows.map(({ id }) => id);

test('a channel that is stuck keeps its own rows waiting only', () => {
  const waiting = new WaitingRows(() => ({ most: 2, together: 1 }));
  waiting.push([row('s1', 'sms'), row('s2', 'sms'), row('s3', 'sms'), row('m1', 'mail')]);
  expect(ids(waiting.begin())).toEqual(['s1', 's2', 'm1']);
  waiting.push([row('m2', 'mail'), row('m3', 'mail')]);
  expect(ids(waiting.begin())).toEqual(['m2']);
  expect([waiting.count('sms'), waiting.count('mail'), waiting.count('other')]).toEqual([1, 1, 0]);
  expect([waiting.longer(0), waiting.longer(1)]).toEqual([['sms', 'mail'], []]);
  waiting.ended(row('m1', 'mail'));
  expect(ids(waiting.begin())).toEqual(['m3']);
  expect(ids(waiting.clear())).toEqual(['s3']);
  expect(ids(waiting.begin())).toEqual([]);
});

test('rows begin when enough can begin together', () => {
  const waiting = new WaitingRows(() => ({ most: 4, together: 2 }));
  waiting.push(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(id, 'mail')));
  expect(ids(waiting.begin())).toEqual(['a', 'b', 'c', 'd']);
  waiting.ended(row('a', 'mail'));
  expect(ids(waiting.begin())).toEqual([]);
  waiting.ended(row('b', 'mail'));
  expect(ids(waiting.begin())).toEqual(['e', 'f']);
});
