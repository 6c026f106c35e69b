import { useQuery } from '@tanstack/react-query';
import { HistoryOutlined } from '@ant-design/icons';
import { Button, Flex, Modal, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  timetableComparison,
  timetableVersions,
  type Place,
  type TimetableComparison,
  type TimetableSummary,
} from '#libs/contracts/meetings/timetables.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useMeetingWords } from './meeting-words.js';
import { RestoreDialog } from './restore-dialog.js';

const COLORS = { added: 'green', moved: 'blue', removed: 'red' } as const;

/** Two versions of an event's timetable: what moved, for whom, and the gaps of everybody. */
export function CompareDialog({ eventId, close }: { readonly eventId: string; readonly close: () => void }) {
  const { t } = useTranslation('meetings');
  const versions = useQuery({
    queryKey: ['timetable', eventId, 'versions'],
    queryFn: () => api.get(`/organizer/events/${eventId}/timetables`, timetableVersions),
    staleTime: 0,
  });
  return (
    <Modal open width={860} title={t('compare.title')} footer={null} onCancel={close}>
      <Loaded query={versions}>
        {({ rows }) =>
          rows.length < 2 ? (
            <EmptyState text={t('compare.only')} />
          ) : (
            <Versions eventId={eventId} rows={rows} close={close} />
          )
        }
      </Loaded>
    </Modal>
  );
}

function Versions({
  eventId,
  rows,
  close,
}: {
  readonly eventId: string;
  readonly rows: readonly TimetableSummary[];
  readonly close: () => void;
}) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const published = rows.find((row) => row.status === 'published');
  const [after, setAfter] = useState(rows[0]?.id ?? '');
  const [before, setBefore] = useState(
    (published !== undefined && published !== rows[0] ? published : rows[1])?.id ?? '',
  );
  const [restoring, setRestoring] = useState(false);
  const old = rows.find((row) => row.id === before);
  const options = rows.map((row) => ({
    value: row.id,
    label: t('compare.version', {
      version: row.versionNo,
      status: t(`compare.status.${row.status}`),
      time: format.instant(row.computedAt ?? row.createdAt),
    }),
  }));
  const query = useQuery({
    queryKey: ['timetable', eventId, 'compare', before, after],
    queryFn: () =>
      api.get(`/organizer/timetables/${after}/compare${queryString({ with: before })}`, timetableComparison),
    staleTime: 0,
  });
  const pick = (label: string, value: string, change: (id: string) => void) => (
    <label style={{ flex: '1 1 260px', minWidth: 0 }}>
      <small style={{ color: '#6b7685' }}>{label}</small>
      <Select value={value} onChange={change} options={options} style={{ width: '100%' }} />
    </label>
  );
  return (
    <>
      <Flex wrap gap={12} style={{ marginBottom: 12 }}>
        {pick(t('compare.before'), before, setBefore)}
        {pick(t('compare.after'), after, setAfter)}
      </Flex>
      {old !== undefined && old.status !== 'draft' && (
        <Button
          size="small"
          icon={<HistoryOutlined />}
          onClick={() => setRestoring(true)}
          style={{ marginBottom: 12 }}
          data-testid="restore-version"
        >
          {t('restore.open', { version: old.versionNo })}
        </Button>
      )}
      {restoring && (
        <RestoreDialog
          eventId={eventId}
          timetableId={before}
          close={() => setRestoring(false)}
          restored={close}
        />
      )}
      <Loaded query={query}>{(view) => <Comparison view={view} />}</Loaded>
    </>
  );
}

function Comparison({ view }: { readonly view: TimetableComparison }) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const placeWord = (place: Place | null) =>
    place === null
      ? ''
      : `${format.time(place.startsAt)}–${format.time(place.endsAt)} ${words.table(place.table)}`;
  return (
    <div data-testid="comparison">
      <p>{view.rows.length === 0 ? t('compare.same') : t('compare.summary', { ...view, rows: undefined })}</p>
      {view.rows.length > 0 && (
        <>
          <strong>{t('compare.meetings')}</strong>
          <div style={{ maxHeight: 240, overflowY: 'auto', marginBottom: 12 }}>
            {view.rows.map((row) => (
              <div key={row.meetingId} style={{ padding: '6px 0', borderTop: '1px solid #eef1f5' }}>
                <Tag color={COLORS[row.change]} style={{ marginInlineEnd: 8 }}>
                  {t(`publish.${row.change}`)}
                </Tag>
                {words.who(row.enterprise, row.enterprisePerson)} –{' '}
                {words.who(row.institute, row.institutePerson)}
                <div style={{ color: '#6b7685' }}>
                  {row.before !== null && <s>{placeWord(row.before)}</s>} {placeWord(row.after)}
                </div>
              </div>
            ))}
          </div>
        </>
      )}
      <strong>{t('compare.people')}</strong>
      <PeopleTable people={view.people} />
    </div>
  );
}

function PeopleTable({ people }: { readonly people: TimetableComparison['people'] }) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const arrow = (from: number, to: number) => (from === to ? String(to) : `${from} → ${to}`);
  const sum = (of: (row: TimetableComparison['people'][number]) => number) =>
    people.reduce((total, row) => total + of(row), 0);
  return (
    <Table
      size="small"
      rowKey="personId"
      dataSource={[...people]}
      pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 480 }}
      columns={[
        {
          title: t('compare.person'),
          key: 'person',
          render: (_, row) => words.who(row.organisation, row.person),
        },
        { title: t('compare.changed'), dataIndex: 'changed', width: 90 },
        {
          title: t('compare.count'),
          key: 'count',
          width: 90,
          render: (_, row) => arrow(row.meetingsBefore, row.meetingsAfter),
        },
        {
          title: t('compare.breaks'),
          key: 'breaks',
          width: 90,
          render: (_, row) => arrow(row.breaksBefore, row.breaksAfter),
        },
      ]}
      footer={() =>
        `${t('compare.total')}${t('shell:colon')}${t('compare.breaks')} ${arrow(
          sum((row) => row.breaksBefore),
          sum((row) => row.breaksAfter),
        )}`
      }
    />
  );
}
