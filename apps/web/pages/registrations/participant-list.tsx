import { Button, Card, Checkbox, Grid, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParticipantPage, ParticipantRow } from '#libs/contracts/registrations/organizer.js';
import { useFormat } from '../../shell/format.js';
import { RejectModal, useDecisions } from './bulk-actions.js';
import { StatusTag } from './pieces.js';
import { answerText } from './question-fields.js';

interface ListProps {
  readonly data: ParticipantPage;
  readonly chosen: readonly string[];
  readonly choose: (ids: readonly string[]) => void;
}

/** A table where there is room for one, cards on a phone. */
export function ParticipantList(props: ListProps) {
  const wide = Grid.useBreakpoint().md ?? true;
  return wide ? <ParticipantTable {...props} /> : <ParticipantCards {...props} />;
}

/** Only what waits for a decision can be chosen. */
const isOpen = (row: ParticipantRow): boolean => row.status === 'pending' || row.status === 'waitlisted';

function useQuestionWords() {
  const { t, i18n } = useTranslation();
  return { english: i18n.language === 'en', yes: t('yes'), no: t('no') };
}

function ParticipantTable({ data, chosen, choose }: ListProps) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const words = useQuestionWords();
  const columns: TableProps<ParticipantRow>['columns'] = [
    {
      title: t('organizer.name'),
      fixed: 'start',
      width: 150,
      render: (_, row) => (
        <>
          <strong>{row.name}</strong>
          <div style={{ color: '#6b7685' }}>{row.organisation}</div>
        </>
      ),
    },
    {
      title: t('shell:status'),
      width: 150,
      render: (_, row) => <StatusCell row={row} />,
    },
    { title: t('organizer.size'), dataIndex: 'groupSize', width: 70 },
    {
      title: t('organizer.contact'),
      width: 220,
      render: (_, row) => (
        <span style={{ overflowWrap: 'anywhere' }}>
          {row.email}
          {row.phone !== null && <div>{row.phone}</div>}
        </span>
      ),
    },
    ...data.questions.map((question) => ({
      title: words.english ? question.en || question.zh : question.zh,
      key: `answer-${question.key}`,
      width: 160,
      render: (_: unknown, row: ParticipantRow) => answerText(question, row.answers[question.key], words),
    })),
    { title: t('organizer.at'), width: 160, render: (_, row) => format.instant(row.createdAt) },
    {
      key: 'actions',
      fixed: 'end',
      width: 150,
      render: (_, row) => <RowActions row={row} eventId={data.event.id} />,
    },
  ];
  return (
    <Table<ParticipantRow>
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={[...data.rows]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowSelection={{
        selectedRowKeys: [...chosen],
        onChange: (keys) => choose(keys.map(String)),
        getCheckboxProps: (row) => ({ disabled: !isOpen(row) }),
      }}
    />
  );
}

function ParticipantCards({ data, chosen, choose }: ListProps) {
  const { t } = useTranslation('registrations');
  const words = useQuestionWords();
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {data.rows.map((row) => (
        <Card key={row.id} size="small">
          <div style={{ display: 'flex', gap: 8, justifyContent: 'space-between' }}>
            {isOpen(row) ? (
              <Checkbox
                checked={chosen.includes(row.id)}
                onChange={(event) =>
                  choose(event.target.checked ? [...chosen, row.id] : chosen.filter((id) => id !== row.id))
                }
              >
                <strong>{row.name}</strong>
              </Checkbox>
            ) : (
              <strong>{row.name}</strong>
            )}
            <StatusCell row={row} />
          </div>
          <div style={{ color: '#6b7685', overflowWrap: 'anywhere' }}>
            {[row.organisation, t('people', { count: row.groupSize }), row.phone, row.email]
              .filter((part) => part !== null)
              .join(' · ')}
          </div>
          {data.questions.map((question) => (
            <div key={question.key}>
              {words.english ? `${question.en || question.zh}: ` : `${question.zh}：`}
              {answerText(question, row.answers[question.key], words)}
            </div>
          ))}
          <RowActions row={row} eventId={data.event.id} />
        </Card>
      ))}
    </div>
  );
}

function StatusCell({ row }: { row: ParticipantRow }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const hints = [
    row.position === null ? null : t('organizer.position', { position: row.position }),
    row.timesPassed === 0 || row.status !== 'waitlisted'
      ? null
      : t('organizer.passed', { count: row.timesPassed }),
    row.offerExpiresAt === null
      ? null
      : t('organizer.offerUntil', { at: format.instant(row.offerExpiresAt) }),
    row.checkedInAt === null ? null : t('detail.checkedIn', { at: format.instant(row.checkedInAt) }),
    row.note,
  ].filter((hint) => hint !== null);
  return (
    <span>
      <StatusTag status={row.status} />
      {hints.map((hint) => (
        <div key={hint} style={{ color: '#6b7685', fontSize: 12 }}>
          {hint}
        </div>
      ))}
    </span>
  );
}

function RowActions({ row, eventId }: { row: ParticipantRow; eventId: string }) {
  const { t } = useTranslation('registrations');
  const decisions = useDecisions(eventId);
  const [rejecting, setRejecting] = useState(false);
  const cancellable = row.status === 'confirmed' || row.status === 'offered' || row.status === 'waitlisted';
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap' }}>
      {row.status === 'pending' && (
        <>
          <Button
            type="link"
            size="small"
            onClick={() => void decisions.approve([row.id])}
            data-testid="participant-approve"
          >
            {t('organizer.approve')}
          </Button>
          <Button type="link" danger size="small" onClick={() => setRejecting(true)}>
            {t('organizer.reject')}
          </Button>
        </>
      )}
      {cancellable && row.checkedInAt === null && (
        <Button type="link" danger size="small" onClick={() => decisions.cancel(row)}>
          {t('organizer.cancel')}
        </Button>
      )}
      {rejecting && (
        <RejectModal close={() => setRejecting(false)} reject={(note) => decisions.reject([row.id], note)} />
      )}
    </span>
  );
}
