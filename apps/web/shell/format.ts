import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { useTranslation } from 'react-i18next';

dayjs.extend(utc);
dayjs.extend(timezone);

export const ZONE = 'Asia/Shanghai';

export interface Format {
  /** 2026年11月22日 14:00 */
  instant(iso: string): string;
  /** 11月22日 周日 14:00–15:30 */
  range(startIso: string, endIso: string): string;
  /** 2026-11-22 */
  day(iso: string): string;
  time(iso: string): string;
  /** Yuan, a decimal string: 850.00 万元 */
  yuan(amount: string | null): string;
  number(value: number): string;
}

/** Dates, times and amounts as people of the reader's language write them; times are always those of Asia/Shanghai. */
export function useFormat(): Format {
  const english = useTranslation().i18n.language === 'en';
  const at = (iso: string) =>
    dayjs(iso)
      .tz(ZONE)
      .locale(english ? 'en' : 'zh-cn');
  const long = english ? 'D MMM YYYY HH:mm' : 'YYYY年M月D日 HH:mm';
  const withDay = english ? 'ddd D MMM YYYY' : 'YYYY年M月D日 ddd';
  return {
    instant: (iso) => at(iso).format(long),
    range: (startIso, endIso) => {
      const start = at(startIso);
      const end = at(endIso);
      const sameDay = start.format('YYYYMMDD') === end.format('YYYYMMDD');
      return `${start.format(`${withDay} HH:mm`)}–${end.format(sameDay ? 'HH:mm' : `${withDay} HH:mm`)}`;
    },
    day: (iso) => at(iso).format('YYYY-MM-DD'),
    time: (iso) => at(iso).format('HH:mm'),
    yuan: (amount) => {
      if (amount === null) return '—';
      const value = Number(amount);
      if (english) return `¥${value.toLocaleString('en', { maximumFractionDigits: 2 })}`;
      if (value >= 1e8) return `${(value / 1e8).toFixed(2)} 亿元`;
      if (value >= 1e4) return `${(value / 1e4).toFixed(2)} 万元`;
      return `${value.toFixed(2)} 元`;
    },
    number: (value) => value.toLocaleString(english ? 'en' : 'zh-CN'),
  };
}
