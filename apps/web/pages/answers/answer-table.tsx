import { Card, Input, Segmented, Table, Tag, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EventAnswers } from '#libs/contracts/notifications/answers.js';
import { useFormat } from '../../shell/format.js';
import { EmptyState } from '../../shell/states.js';

type AnswerRow = EventAnswers['rows'][number];
type Wanted = 'all' | 'none' | NonNullable<AnswerRow['answer']>;

const COLORS = { ACCEPTED: 'green', DECLINED: 'red', TENTATIVE: 'gold', DELEGATED: 'blue' } as const;
const ANSWERS = ['none', 'ACCEPTED', 'TENTATIVE', 'DECLINED', 'DELEGATED'] as const;

/** Who answered what: to the event, then to its meetings; looked for by name, organisation and answer. */
export function Answers({ rows }: { readonly rows: readonly AnswerRow[] }) {
  const { t } = useTranslation('answers');
  const [wanted, setWanted] = useState<Wanted>('all');
  const [words, setWords] = useState('');
  if (rows.length === 0) return <EmptyState text={t('event.empty')} />;
  const answerOf = (row: AnswerRow) => row.answer ?? 'none';
  const given = ANSWERS.filter((answer) => rows.some((row) => answerOf(row) === answer));
  const shown = rows.filter((row) => (wanted === 'all' || answerOf(row) === wanted) && fits(row, words));
  const meetings = shown.filter((row) => row.kind === 'meeting');
  return (
    <>
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', minWidth: 0 }}>
        <Segmented<Wanted>
          value={wanted}
          onChange={setWanted}
          style={{ maxWidth: '100%', overflowX: 'auto' }}
          options={[
            { value: 'all', label: t('event.all') },
            ...given.map((value) => ({ value, label: t(`answer.${value}`) })),
          ]}
          data-testid="answer-filter"
        />
        <Input
          allowClear
          placeholder={t('event.search')}
          onChange={(change) => setWords(change.target.value)}
          style={{ width: 260, maxWidth: '100%' }}
          data-testid="answer-search"
        />
      </div>
      <Card>
        <AnswerTable rows={shown.filter((row) => row.kind === 'event')} />
      </Card>
      {meetings.length > 0 && (
        <Card title={t('event.meetings')}>
          <AnswerTable rows={meetings} meetings />
        </Card>
      )}
    </>
  );
}

function fits({ name, organisation, summary, kind }: AnswerRow, words: string): boolean {
  const text = [name, organisation ?? '', kind === 'meeting' ? summary : ''].join(' ').toLowerCase();
  return text.includes(words.trim().toLowerCase());
}

function AnswerTable({ rows, meetings = false }: { rows: readonly AnswerRow[]; meetings?: boolean }) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const columns: TableColumnsType<AnswerRow> = [
    { title: t('event.person'), render: (_, row) => <Attendee row={row} /> },
    ...(meetings
      ? [{ title: t('event.meeting'), render: (_: unknown, row: AnswerRow) => <Meeting row={row} /> }]
      : []),
    {
      title: t('event.answer'),
      render: (_, row) =>
        row.answer === null ? (
          <Tag>{t('answer.none')}</Tag>
        ) : (
          <Tag color={COLORS[row.answer]}>{t(`answer.${row.answer}`)}</Tag>
        ),
    },
    {
      title: t('event.channel'),
      render: (_, row) => (row.channel === null ? '' : t(`channel.${row.channel}`)),
    },
    {
      title: t('event.at'),
      render: (_, row) => (row.statedAt === null ? '' : format.instant(row.statedAt)),
    },
    {
      title: t('event.comment'),
      render: (_, row) => <span style={{ whiteSpace: 'pre-wrap' }}>{row.comment}</span>,
    },
  ];
  return (
    <Table<AnswerRow>
      size="small"
      rowKey={(row) => `${row.personId} ${row.meetingId ?? ''}`}
      dataSource={[...rows]}
      pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false, responsive: true }}
      scroll={{ x: 'max-content' }}
      columns={columns}
      locale={{ emptyText: t('event.nobody') }}
      data-testid={meetings ? 'meeting-answers' : 'event-answers'}
    />
  );
}

function Attendee({ row }: { readonly row: AnswerRow }) {
  return (
    <>
      <div>{row.name}</div>
      {row.organisation !== null && (
        <Typography.Text type="secondary" style={{ display: 'block', maxWidth: 260 }} ellipsis>
          {row.organisation}
        </Typography.Text>
      )}
    </>
  );
}

/** Which of several meetings, so that two rows of one person can be told apart. */
function Meeting({ row }: { readonly row: AnswerRow }) {
  const format = useFormat();
  return (
    <>
      <Link to={`/meetings/${row.meetingId ?? ''}`}>{format.range(row.startsAt, row.endsAt)}</Link>
      <Typography.Text type="secondary" style={{ display: 'block' }}>
        {row.summary}
      </Typography.Text>
    </>
  );
}
