import { Card, Grid, Pagination, Space, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OrganizerEventPage } from '#libs/contracts/events/event-views.js';
import { useCodes } from '../../shell/codes.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState } from '../../shell/states.js';
import { eventPaths } from './event-links.js';
import { StateTag, useEventWords } from './event-words.js';

type Row = OrganizerEventPage['rows'][number];

interface ListProps {
  readonly data: OrganizerEventPage;
  readonly page: number;
  readonly turn: (page: number) => void;
}

/** A table where there is room for one, cards on a phone. */
export function OrganizerEventList(props: ListProps) {
  const { t } = useTranslation('events');
  const wide = Grid.useBreakpoint().md ?? true;
  if (props.data.rows.length === 0) return <EmptyState text={t('noneHere')} />;
  return wide ? <EventTable {...props} /> : <EventCards {...props} />;
}

const QUIET = { color: '#6b7685', fontSize: 12 } as const;

function Name({ row }: { row: Row }) {
  const codes = useCodes();
  const words = useEventWords();
  const facts = [
    row.programme && words.programme(row.programme),
    words.edition(row),
    codes.label('event-kind', row.kind),
  ];
  return (
    <>
      <Link to={`/organizer/events/${row.id}`}>{words.title(row)}</Link>
      <div style={QUIET}>{facts.filter(Boolean).join(' · ')}</div>
    </>
  );
}

function Seats({ row }: { row: Row }) {
  const { t } = useTranslation('events');
  return (
    <>
      {row.seatsTaken} / {row.capacity}
      {row.waiting + row.pending > 0 && (
        <div style={QUIET}>{t('waitingLine', { waiting: row.waiting, pending: row.pending })}</div>
      )}
    </>
  );
}

function State({ row }: { row: Row }) {
  const { t } = useTranslation('events');
  return row.isTemplate ? t('template') : <StateTag state={row.state} />;
}

/** Straight to the work on an event. */
function Ways({ row }: { row: Row }) {
  const { t } = useTranslation('events');
  if (row.isTemplate || row.state === 'draft') return null;
  return (
    <Space size={[10, 0]} wrap>
      {eventPaths(row).map(([text, path]) => (
        <Link key={path} to={path} data-testid={`row-${text}`}>
          {t(`links.${text}Short`)}
        </Link>
      ))}
    </Space>
  );
}

function EventTable({ data, page, turn }: ListProps) {
  const { t } = useTranslation('events');
  const format = useFormat();
  const words = useEventWords();
  return (
    <Table
      rowKey="id"
      dataSource={data.rows}
      scroll={{ x: 940 }}
      pagination={{
        current: page,
        total: data.total,
        pageSize: data.pageSize,
        onChange: turn,
        hideOnSinglePage: true,
        showSizeChanger: false,
      }}
      columns={[
        { title: t('eventTitle'), render: (_, row) => <Name row={row} /> },
        { title: t('time'), width: 180, render: (_, row) => format.range(row.startsAt, row.endsAt) },
        { title: t('place'), width: 140, render: (_, row) => words.place(row) },
        { title: t('registration'), width: 130, render: (_, row) => <Seats row={row} /> },
        { title: t('checkedIn'), width: 70, dataIndex: 'checkedIn' },
        { title: t('shell:status'), width: 110, render: (_, row) => <State row={row} /> },
        { title: t('shell:actions'), width: 130, render: (_, row) => <Ways row={row} /> },
      ]}
    />
  );
}

function EventCards({ data, page, turn }: ListProps) {
  const { t } = useTranslation('events');
  const format = useFormat();
  const words = useEventWords();
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {data.rows.map((row) => (
        <Card key={row.id} size="small">
          <div style={{ display: 'flex', gap: 8, justifyContent: 'space-between', alignItems: 'start' }}>
            <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Name row={row} />
            </div>
            <State row={row} />
          </div>
          <div style={{ margin: '6px 0', color: '#6b7685' }}>
            {format.range(row.startsAt, row.endsAt)}
            <br />
            {words.place(row)}
          </div>
          <div style={{ marginBottom: 6 }}>
            {t('registration')} <Seats row={row} /> · {t('checkedIn')} {row.checkedIn}
          </div>
          <Ways row={row} />
        </Card>
      ))}
      <Pagination
        hideOnSinglePage
        current={page}
        total={data.total}
        pageSize={data.pageSize}
        showSizeChanger={false}
        onChange={turn}
      />
    </div>
  );
}
