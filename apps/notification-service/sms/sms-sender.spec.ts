import { smsVariable } from './sms-sender.js';

const timeOf = (startsAt: string, endsAt: string, locale: 'zh-CN' | 'en') =>
  smsVariable('time', { toName: null, locale, payload: { startsAt, endsAt } });

test('the time of an SMS fits into a variable of a template, over midnight too', () => {
  const [start, end] = ['2026-11-26T06:00:00.000Z', '2026-11-26T09:00:00.000Z'];
  expect(timeOf(start, end, 'zh-CN')).toBe('11月26日 14:00–17:00');
  expect(timeOf(start, end, 'en')).toBe('26 Nov 14:00–17:00');
  expect(timeOf('2026-11-26T14:00:00.000Z', '2026-11-26T18:00:00.000Z', 'zh-CN')).toBe(
    '11月26日 22:00 – 11月27日 02:00',
  );
});
