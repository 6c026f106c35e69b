import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { ZONE } from '../../shell/format.js';

const WALL = 'YYYY-MM-DDTHH:mm:00';

/** Picks an instant by the clock of Shanghai, wherever the browser is. Its value is an ISO string or null. */
export function ShanghaiPicker({
  id,
  value,
  onChange,
  disabled,
  testId,
}: {
  id?: string;
  value?: string | null;
  onChange?: (iso: string | null) => void;
  disabled?: boolean;
  testId?: string;
}) {
  // The picker shows the browser's clock: give it a local time that reads like the one in Shanghai.
  const shown: Dayjs | null = value ? dayjs(dayjs(value).tz(ZONE).format(WALL)) : null;
  const pick = (next: Dayjs | null) =>
    onChange?.(next === null ? null : dayjs.tz(next.format(WALL), ZONE).toISOString());
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      value={shown}
      onChange={(next) => pick(next)}
      // Enter confirms the typed time; it must not send the form around the picker.
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
      disabled={disabled ?? false}
      style={{ width: '100%' }}
      data-testid={testId}
    />
  );
}
