import fc from 'fast-check';
import {
  formatShanghaiInstant,
  formatShanghaiSpan,
  formatShortShanghaiSpan,
  shanghaiClock,
  shanghaiDay,
  shanghaiDaySpan,
  shanghaiDaysSpan,
  shanghaiInstant,
} from './shanghai-time.js';

const at = (text: string) => new Date(text);

test('a span within one day', () => {
  const [start, end] = [at('2026-11-22T06:00:00Z'), at('2026-11-22T07:30:00Z')];
  expect(formatShanghaiSpan(start, end, 'zh-CN')).toBe('2026年11月22日(周日) 14:00–15:30');
  expect(formatShanghaiSpan(start, end, 'en')).toBe('Sun, 22 Nov 2026, 14:00–15:30 (UTC+8)');
});

test('a span over midnight and one up to midnight', () => {
  expect(formatShanghaiSpan(at('2026-12-31T15:00:00Z'), at('2026-12-31T17:00:00Z'), 'zh-CN')).toBe(
    '2026年12月31日(周四) 23:00 – 2027年1月1日(周五) 01:00',
  );
  expect(formatShanghaiSpan(at('2026-12-31T15:00:00Z'), at('2026-12-31T16:00:00Z'), 'en')).toBe(
    'Thu, 31 Dec 2026, 23:00–24:00 (UTC+8)',
  );
});

test('where there is little room a span has no year, weekday or zone, and keeps its end', () => {
  const short = (start: string, end: string, locale: 'zh-CN' | 'en') =>
    formatShortShanghaiSpan(at(start), at(end), locale);
  const [start, end] = ['2026-11-26T06:00:00Z', '2026-11-26T09:00:00Z'];
  expect(short(start, end, 'zh-CN')).toBe('11月26日 14:00–17:00');
  expect(short(start, end, 'en')).toBe('26 Nov 14:00–17:00');
  const late = '2026-12-31T15:00:00Z';
  expect(short(late, '2026-12-31T16:00:00Z', 'en')).toBe('31 Dec 23:00–24:00');
  expect(short(late, '2027-01-31T15:00:00Z', 'zh-CN')).toBe('12月31日 23:00 – 1月31日 23:00');
  for (const locale of ['zh-CN', 'en'] as const)
    expect(short(late, '2027-12-31T15:00:00Z', locale).length).toBeLessThanOrEqual(30);
});

test('an instant late in UTC is the next day in Shanghai', () => {
  expect(shanghaiDay(at('2026-11-21T16:00:00Z'))).toBe('2026-11-22');
  expect(formatShanghaiInstant(at('2026-11-21T16:05:00Z'), 'en')).toBe('Sun, 22 Nov 2026, 00:05');
});

test('days become spans of instants', () => {
  expect(shanghaiDaySpan('2026-11-22')).toEqual({
    start: Date.UTC(2026, 10, 21, 16),
    end: Date.UTC(2026, 10, 22, 16),
  });
  expect(shanghaiDaysSpan('2026-02-27', '2026-03-01')).toEqual({
    start: Date.UTC(2026, 1, 26, 16),
    end: Date.UTC(2026, 2, 1, 16),
  });
  expect(shanghaiDaysSpan('2026-03-02', '2026-03-01')).toBe(null);
});

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-11-22T00:00'])('%j is no day', (day) => {
  expect(shanghaiInstant(day)).toBe(null);
});

test('24:00 is no time', () => {
  expect(shanghaiInstant('2026-11-22', '24:00')).toBe(null);
});

test('the clock agrees with the time zone database', () => {
  const zone = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const two = (n: number) => String(n).padStart(2, '0');
  fc.assert(
    fc.property(fc.date({ min: at('1992-01-01'), max: at('2090-01-01'), noInvalidDate: true }), (instant) => {
      const { year, month, day, hour, minute, second } = shanghaiClock(instant);
      expect(`${year}-${two(month)}-${two(day)}, ${two(hour)}:${two(minute)}:${two(second)}`).toBe(
        zone.format(instant),
      );
      const span = shanghaiDaySpan(shanghaiDay(instant));
      expect(span && span.start <= instant.getTime() && instant.getTime() < span.end).toBe(true);
      const minuteStart = shanghaiInstant(shanghaiDay(instant), `${two(hour)}:${two(minute)}`);
      expect(minuteStart?.getTime()).toBe(Math.floor(instant.getTime() / 60_000) * 60_000);
    }),
  );
});
