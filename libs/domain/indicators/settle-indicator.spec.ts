import type { Indicator } from './indicator.js';
import { parseIndicators } from './parse-indicators.js';
import {
  READER_VERSION,
  rereadIndicator,
  settleIndicator,
  type SettledIndicator,
} from './settle-indicator.js';

function read(text: string): Indicator {
  const [found] = parseIndicators(text);
  if (!found) throw new Error(`nothing read from ${text}`);
  const { start: _start, end: _end, ...indicator } = found;
  return indicator;
}

/** As the readers before versions made it of its words, with what is otherwise in them. */
const stored = (raw: string, part: Partial<SettledIndicator>): SettledIndicator => ({
  ...read(raw),
  readerVersion: 0,
  ...part,
});

test('what was read stays with its words; what its author changed says so in its words too', () => {
  const asRead = read('温差必须≤2℃');
  expect(settleIndicator(asRead)).toEqual({ ...asRead, readerVersion: READER_VERSION });
  expect(settleIndicator({ ...asRead, value: 3 })).toEqual({
    ...asRead,
    value: 3,
    raw: '温差≤3℃',
    readerVersion: null,
  });
  const converted = { ...read('精度≤3cm'), value: 0.03, unit: 'm' };
  expect(settleIndicator(converted)).toEqual({ ...converted, readerVersion: null });
  expect(settleIndicator({ ...asRead, raw: '' }).raw).toBe('温差≤2℃');
});

test.each([
  ['噪声不能超过65dB', { name: '噪声不能', comparator: 'gt' }],
  ['能耗不应高于30kWh', { name: '能耗不', comparator: 'gt' }],
  ['成品率不到65%', { name: '成品率不到', comparator: 'eq' }],
  ['色牢度不低于4级', { unit: null }],
] as const)('%s was read worse before, and is read again', (raw, before) => {
  expect(rereadIndicator(stored(raw, before))).toEqual({ ...read(raw), readerVersion: READER_VERSION });
});

test.each([
  ['another value', { value: 60 }],
  ['another unit', { unit: 'W' }],
  ['another name', { name: '夜间噪声' }],
])('of unknown origin, %s is its author’s and stays, in words that say it', (_, change) => {
  const own = stored('噪声不能超过65dB', change);
  const settled = rereadIndicator(own);
  expect(settled).toEqual({ ...own, raw: settled.raw, readerVersion: null });
  expect(settled.raw).not.toBe(own.raw);
});

test('a plain number that its author made a bound stays one, and words that nobody can read stay', () => {
  expect(rereadIndicator(stored('续航8h', { comparator: 'ge' })).comparator).toBe('ge');
  const unread = { ...stored('续航8h', {}), raw: '看着办' };
  expect(rereadIndicator(unread)).toEqual({ ...unread, readerVersion: null });
});

test('what its author set, and what today’s reader has read, is not touched', () => {
  for (const readerVersion of [null, READER_VERSION]) {
    const own = stored('噪声不能超过65dB', { comparator: 'gt', readerVersion });
    expect(rereadIndicator(own)).toBe(own);
  }
  const again = rereadIndicator(stored('噪声不能超过65dB', { name: '噪声不能', comparator: 'gt' }));
  expect(rereadIndicator(again)).toBe(again);
});
