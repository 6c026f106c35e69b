import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, DatePicker, Flex } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { absenceView, type AbsenceView, type MyTimetable } from '#libs/contracts/meetings/schedule.js';
import { api } from '../../shell/api.js';
import { ZONE } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { SlotChips } from './slot-chips.js';

type Span = AbsenceView['spans'][number];

/** A span that the slots show already. */
const isOfSlots = (span: Span, slots: readonly Span[]): boolean =>
  slots.some((slot) => slot.startsAt === span.startsAt) && slots.some((slot) => slot.endsAt === span.endsAt);

const WALL = 'YYYY-MM-DDTHH:mm:00';
// Pickers show the browser's clock: they get a local time that reads like the one in Shanghai.
const toWall = (iso: string): Dayjs => dayjs(dayjs(iso).tz(ZONE).format(WALL));
const toIso = (wall: Dayjs): string => dayjs.tz(wall.format(WALL), ZONE).toISOString();

/** One's own absences at an event. Shown to people who are registered; for others the server has none. */
export function AbsencesCard({ event }: { readonly event: MyTimetable['event'] }) {
  const { t } = useTranslation('meetings');
  const query = useQuery({
    queryKey: ['absences', event.id],
    queryFn: () => api.get(`/events/${event.id}/absences`, absenceView),
  });
  if (query.data === undefined || !['draft', 'published', 'registration_closed'].includes(event.state))
    return null;
  return (
    <Card size="small" title={t('absence.title')}>
      <p style={{ color: '#6b7685' }}>{t('absence.hint')}</p>
      {query.data.meetingsHit > 0 && (
        <Alert type="warning" title={t('absence.hit', { count: query.data.meetingsHit })} showIcon />
      )}
      <SpanEditor
        key={JSON.stringify(query.data.spans)}
        event={event}
        saved={query.data.spans}
        slots={query.data.slots}
      />
    </Card>
  );
}

function SpanEditor({
  event,
  saved,
  slots,
}: {
  readonly event: MyTimetable['event'];
  readonly saved: readonly Span[];
  readonly slots: readonly Span[];
}) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const notice = useNotice();
  const client = useQueryClient();
  const [spans, setSpans] = useState<readonly Span[]>(saved);
  const save = useMutation({
    mutationFn: () => api.put(`/events/${event.id}/absences`, absenceView, { spans }),
    onSuccess: (view) => {
      client.setQueryData(['absences', event.id], view);
      notice.done(shell('saved'));
    },
    onError: (error) => notice.failed(error),
  });
  const replace = (index: number, span: Span) =>
    setSpans(spans.map((old, at) => (at === index ? span : old)));
  // An hour to start from: the whole event would leave no time for any meeting.
  const hour = dayjs(event.startsAt).add(1, 'hour');
  const first = {
    startsAt: event.startsAt,
    endsAt: hour.isBefore(event.endsAt) ? hour.toISOString() : event.endsAt,
  };
  return (
    <div className="stack" style={{ marginTop: 8 }}>
      {slots.length > 0 && (
        <>
          <small style={{ color: '#6b7685' }}>{t('slotsOff.hint')}</small>
          <SlotChips slots={slots} spans={spans} change={setSpans} />
        </>
      )}
      {slots.length === 0 && spans.length === 0 && (
        <span style={{ color: '#6b7685' }}>{t('absence.none')}</span>
      )}
      {spans.map((span, index) =>
        isOfSlots(span, slots) ? null : (
          <Flex key={index} gap={8}>
            <DatePicker.RangePicker
              showTime={{ format: 'HH:mm', minuteStep: 5 }}
              format="MM-DD HH:mm"
              allowClear={false}
              style={{ flex: 1, minWidth: 0, maxWidth: 360 }}
              value={[toWall(span.startsAt), toWall(span.endsAt)]}
              onChange={(next) => {
                const [from, to] = next ?? [];
                if (from && to) replace(index, { startsAt: toIso(from), endsAt: toIso(to) });
              }}
            />
            <Button
              aria-label={shell('remove')}
              icon={<DeleteOutlined />}
              onClick={() => setSpans(spans.filter((_, at) => at !== index))}
            />
          </Flex>
        ),
      )}
      <Flex gap={8} wrap>
        <Button icon={<PlusOutlined />} onClick={() => setSpans([...spans, first])} data-testid="add-absence">
          {t('absence.add')}
        </Button>
        <Button
          type="primary"
          loading={save.isPending}
          disabled={spans === saved}
          onClick={() => save.mutate()}
          data-testid="save-absences"
        >
          {shell('save')}
        </Button>
      </Flex>
    </div>
  );
}
