import dayjs from 'dayjs';
import { ZONE } from '../../shell/format.js';

export const PRESETS = ['month', 'half', 'year', 'all', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];

export interface Period {
  from: string | null;
  to: string | null;
}

/** Days of a preset, by the calendar of Asia/Shanghai; 上半年 is that of the current year. */
export function presetPeriod(preset: Exclude<Preset, 'custom'>): Period {
  const today = dayjs().tz(ZONE);
  const year = today.format('YYYY');
  if (preset === 'all') return { from: null, to: null };
  if (preset === 'year') return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (preset === 'half') return { from: `${year}-01-01`, to: `${year}-06-30` };
  return { from: today.format('YYYY-MM-01'), to: today.endOf('month').format('YYYY-MM-DD') };
}

/** The period in the address: a preset by name, or two days. */
export function periodOf(params: URLSearchParams): { preset: Preset } & Period {
  const preset = PRESETS.find((name) => name === params.get('period')) ?? 'year';
  if (preset !== 'custom') return { preset, ...presetPeriod(preset) };
  return { preset, from: params.get('from'), to: params.get('to') };
}
