import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Input, InputNumber, Select, Space, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import {
  remindersView,
  type ReminderBody,
  type RemindersView,
} from '#libs/contracts/notifications/reminders.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { EventLinks } from '../events/event-links.js';
import { AudienceCard } from './audience-card.js';

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof UNITS;

/** /organizer/events/:id/reminders: what goes out by itself, and who would hear of a change. */
export default function RemindersPage() {
  const { t } = useTranslation('messages');
  const { id = '' } = useParams();
  const path = `/organizer/events/${encodeURIComponent(id)}`;
  const query = useQuery({
    queryKey: ['reminders', id],
    queryFn: () => api.get(`${path}/reminders`, remindersView),
  });
  return (
    <>
      <PageHead title={t('reminders.title')} hint={t('reminders.hint')} />
      <EventLinks eventId={id} />
      <Flex vertical gap={16}>
        <Card title={t('reminders.list')}>
          <Loaded query={query}>
            {(view) => <Reminders view={view} path={`${path}/reminders`} eventId={id} />}
          </Loaded>
        </Card>
        <AudienceCard path={`${path}/audience`} />
      </Flex>
    </>
  );
}

function useReminderChange(eventId: string) {
  const notice = useNotice();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: () => Promise<RemindersView>) => change(),
    onSuccess: (view) => queryClient.setQueryData(['reminders', eventId], view),
    onError: notice.failed,
  });
}

function Reminders({ view, path, eventId }: { view: RemindersView; path: string; eventId: string }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const change = useReminderChange(eventId);
  return (
    <Flex vertical gap={12}>
      {view.reminders.length === 0 && <EmptyState text={t('reminders.none')} />}
      {view.reminders.map((row) => (
        <Flex key={row.id} justify="space-between" gap={12} wrap data-testid="reminder">
          <div style={{ minWidth: 0 }}>
            <When anchor={row.anchor} minutes={row.minutes} />{' '}
            <Typography.Text type="secondary">
              {row.doneAt === null
                ? t('reminders.at', { at: format.instant(row.at) })
                : t('reminders.done', { at: format.instant(row.doneAt) })}
            </Typography.Text>
            {row.note && <div style={{ overflowWrap: 'anywhere' }}>{row.note}</div>}
          </div>
          <Button
            size="small"
            onClick={() => change.mutate(() => api.delete(`${path}/${row.id}`, remindersView))}
            disabled={row.doneAt !== null}
          >
            {t('reminders.remove')}
          </Button>
        </Flex>
      ))}
      <AddReminder
        add={(body) => change.mutate(() => api.post(path, remindersView, body))}
        busy={change.isPending}
      />
    </Flex>
  );
}

function When({ anchor, minutes }: { anchor: 'start' | 'end'; minutes: number }) {
  const { t } = useTranslation('messages');
  const length = Math.abs(minutes);
  const unit: Unit =
    length % 1440 === 0 && length > 0 ? 'days' : length % 60 === 0 && length > 0 ? 'hours' : 'minutes';
  const time = `${length / UNITS[unit]} ${t(`reminders.unit.${unit}`)}`;
  return (
    <strong>
      {t(minutes < 0 ? 'reminders.before' : 'reminders.after', {
        anchor: t(`reminders.anchor.${anchor}`),
        time,
      })}
    </strong>
  );
}

function AddReminder({ add, busy }: { add: (body: ReminderBody) => void; busy: boolean }) {
  const { t } = useTranslation('messages');
  const [anchor, setAnchor] = useState<'start' | 'end'>('start');
  const [direction, setDirection] = useState<'before' | 'after'>('before');
  const [length, setLength] = useState(1);
  const [unit, setUnit] = useState<Unit>('days');
  const [note, setNote] = useState('');
  const minutes = length * UNITS[unit] * (direction === 'before' ? -1 : 1);
  return (
    <Flex vertical gap={8} style={{ maxWidth: 640 }}>
      <Space wrap>
        <Select
          value={anchor}
          onChange={setAnchor}
          options={(['start', 'end'] as const).map((value) => ({
            value,
            label: t(`reminders.anchor.${value}`),
          }))}
          style={{ width: 100 }}
        />
        <Select
          value={direction}
          onChange={setDirection}
          options={(['before', 'after'] as const).map((value) => ({
            value,
            label: t(`reminders.direction.${value}`),
          }))}
          style={{ width: 92 }}
        />
        <InputNumber<number>
          min={0}
          max={30}
          precision={0}
          value={length}
          onChange={(value) => setLength(value ?? 0)}
        />
        <Select
          value={unit}
          onChange={setUnit}
          options={(['minutes', 'hours', 'days'] as const).map((value) => ({
            value,
            label: t(`reminders.unit.${value}`),
          }))}
          style={{ width: 104 }}
        />
      </Space>
      <Input
        value={note}
        maxLength={500}
        placeholder={t('reminders.note')}
        onChange={(event) => setNote(event.target.value)}
      />
      <div>
        <Button
          type="primary"
          loading={busy}
          onClick={() => add({ anchor, minutes, note: note.trim() || null })}
          data-testid="add-reminder"
        >
          {t('reminders.add')}
        </Button>
      </div>
    </Flex>
  );
}
