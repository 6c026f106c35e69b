import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AbsenceView } from '#libs/contracts/meetings/schedule.js';
import { useFormat } from '../../shell/format.js';

type Span = AbsenceView['spans'][number];

export const isOff = (slot: Span, spans: readonly Span[]): boolean =>
  spans.some((span) => span.startsAt < slot.endsAt && slot.startsAt < span.endsAt);

/** Spans without a slot: what lies in it is taken out, what lies around it stays. */
const without = (spans: readonly Span[], slot: Span): Span[] =>
  spans.flatMap((span) => {
    if (!isOff(slot, [span])) return [span];
    const before = { startsAt: span.startsAt, endsAt: slot.startsAt };
    const after = { startsAt: slot.endsAt, endsAt: span.endsAt };
    return [before, after].filter((rest) => rest.startsAt < rest.endsAt);
  });

/** The slots of an event as buttons; pressed = no meeting then. Times are compared as ISO strings in UTC. */
export function SlotChips({
  slots,
  spans,
  change,
}: {
  readonly slots: readonly Span[];
  readonly spans: readonly Span[];
  readonly change: (spans: Span[]) => void;
}) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  return (
    <div className="slot-chips">
      {slots.map((slot) => {
        const off = isOff(slot, spans);
        const time = `${format.time(slot.startsAt)}–${format.time(slot.endsAt)}`;
        return (
          <Button
            key={slot.startsAt}
            size="small"
            danger={off}
            type={off ? 'primary' : 'default'}
            aria-pressed={off}
            aria-label={t(off ? 'slotsOff.off' : 'slotsOff.on', { time })}
            onClick={() => change(off ? without(spans, slot) : [...without(spans, slot), slot])}
            data-testid="slot-chip"
          >
            {time}
          </Button>
        );
      })}
    </div>
  );
}
