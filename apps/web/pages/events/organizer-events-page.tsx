import { useQuery } from '@tanstack/react-query';
import { Button, Input, Table, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { organizerEventPage } from '#libs/contracts/events/event-views.js';
import { api, queryString } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { StateTag, useEventWords } from './event-words.js';
import { NewEvent } from './new-event.js';

const STATES = ['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled'] as const;

export default function OrganizerEventsPage() {
  const { t } = useTranslation('events');
  const [creating, setCreating] = useState(false);
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') ?? 'all';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const q = params.get('q') ?? '';
  const go = (next: Record<string, string>) => setParams({ tab, q, ...next });
  const filter = {
    q,
    page,
    ...(tab === 'templates' ? { templates: true } : { state: tab === 'all' ? null : tab }),
  };
  const query = useQuery({
    queryKey: ['organizer-events', filter],
    queryFn: () => api.get(`/organizer/events${queryString(filter)}`, organizerEventPage),
    placeholderData: (previous) => previous,
  });
  const counts = query.data?.counts;
  return (
    <>
      <PageHead
        title={t('manage')}
        hint={t('manageHint')}
        actions={
          <Button type="primary" onClick={() => setCreating(true)} data-testid="new-event">
            {t('newEvent')}
          </Button>
        }
      />
      <div className="filters">
        <Input.Search
          allowClear
          defaultValue={q}
          placeholder={t('searchHint')}
          style={{ width: 280 }}
          onSearch={(value) => go({ q: value.trim() })}
        />
      </div>
      <Tabs
        activeKey={tab}
        onChange={(key) => go({ tab: key })}
        items={(['all', ...STATES, 'templates'] as const).map((key) => ({
          key,
          label: `${key === 'all' ? t('shell:all') : key === 'templates' ? t('templates') : t(`state.${key}`)} ${counts?.[key] ?? ''}`,
        }))}
      />
      <Loaded query={query}>
        {(data) => <EventTable data={data} page={page} turn={(next) => go({ page: String(next) })} />}
      </Loaded>
      {creating && <NewEvent close={() => setCreating(false)} />}
    </>
  );
}

type Data = ReturnType<typeof organizerEventPage.parse>;

function EventTable({ data, page, turn }: { data: Data; page: number; turn: (page: number) => void }) {
  const { t } = useTranslation('events');
  const codes = useCodes();
  const format = useFormat();
  const words = useEventWords();
  return (
    <Table
      rowKey="id"
      dataSource={data.rows}
      scroll={{ x: 860 }}
      locale={{ emptyText: <EmptyState text={t('noneHere')} /> }}
      pagination={{
        current: page,
        total: data.total,
        pageSize: data.pageSize,
        onChange: turn,
        hideOnSinglePage: true,
        showSizeChanger: false,
      }}
      columns={[
        {
          title: t('eventTitle'),
          render: (_, row) => (
            <>
              <Link to={`/organizer/events/${row.id}`}>{words.title(row)}</Link>
              <div style={{ color: '#6b7685', fontSize: 12 }}>
                {[
                  row.programme && words.programme(row.programme),
                  words.edition(row.editionNo),
                  codes.label('event-kind', row.kind),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </>
          ),
        },
        { title: t('time'), width: 240, render: (_, row) => format.range(row.startsAt, row.endsAt) },
        { title: t('place'), width: 150, render: (_, row) => words.place(row) },
        {
          title: t('registration'),
          width: 150,
          render: (_, row) => (
            <>
              {row.seatsTaken} / {row.capacity}
              {row.waiting + row.pending > 0 && (
                <div style={{ color: '#6b7685', fontSize: 12 }}>
                  {t('waitingLine', { waiting: row.waiting, pending: row.pending })}
                </div>
              )}
            </>
          ),
        },
        { title: t('checkedIn'), width: 80, dataIndex: 'checkedIn' },
        {
          title: t('shell:status'),
          width: 110,
          render: (_, row) => (row.isTemplate ? t('template') : <StateTag state={row.state} />),
        },
      ]}
    />
  );
}
