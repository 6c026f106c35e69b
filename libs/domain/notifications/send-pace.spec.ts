import fc from 'fast-check';
import { readPaceRules, SendPace } from './send-pace.js';

test('a burst leaves at once, the rest in equal steps; other domains are free', () => {
  const pace = new SendPace(readPaceRules('qq.com+foxmail.com=60, 163.com=30'), 2);
  const slots = ['a@qq.com', 'b@FOXMAIL.com', 'c@qq.com', 'd@qq.com', 'e@163.com', 'f@x.example'].map(
    (address, n) => pace.slotFor(String(n), address, 100_000),
  );
  expect(slots).toEqual([100_000, 100_000, 101_000, 102_000, 100_000, 100_000]);
});

test('who was told a time may leave then, once', () => {
  const pace = new SendPace(readPaceRules('qq.com=60'), 1);
  expect(pace.slotFor('a', 'a@qq.com', 0)).toBe(0);
  expect(pace.slotFor('b', 'b@qq.com', 0)).toBe(1000);
  expect(pace.slotFor('b', 'b@qq.com', 500)).toBe(1000);
  expect(pace.slotFor('b', 'b@qq.com', 1000)).toBe(1000);
  expect(pace.slotFor('b', 'b@qq.com', 1000)).toBe(2000);
});

test('a throttled provider is left alone, whether it has a rule or not', () => {
  const pace = new SendPace([]);
  pace.pause('a@x.example', 60_000);
  expect(pace.pausedDomains(59_999)).toEqual(['x.example']);
  expect(pace.slotFor('1', 'b@x.example', 10)).toBe(60_000);
  expect(pace.pausedDomains(60_000)).toEqual([]);
  expect(pace.slotFor('1', 'b@x.example', 60_000)).toBe(60_000);
});

test('never more than the rate and the burst in any minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 }),
      (perMinute, burst, gaps) => {
        const pace = new SendPace([{ domains: ['qq.com'], perMinute }], burst);
        let now = 0;
        const leaving = gaps.map((gap, n) => {
          now += gap;
          return pace.slotFor(String(n), 'a@qq.com', now);
        });
        for (const from of leaving) {
          const inMinute = leaving.filter((at) => at >= from && at < from + 60_000).length;
          if (inMinute > perMinute + burst) return false;
        }
        return true;
      },
    ),
  );
});

test.each(['qq.com', 'qq.com=0', '=5', 'qq.com=x'])('“%s” is no rule', (text) => {
  expect(() => readPaceRules(text)).toThrow(text);
});
