import { CheckCircleOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { Marked } from './marked.js';
import { marksOf } from './marks.js';

const OUTCOME_COLOUR = { met: 'success', not_met: 'error', unknown: 'default' } as const;

/** The sentences of a pair in the reader's language. */
export function useLines(): (lines: MatchView['reasons']) => string[] {
  const { i18n } = useTranslation();
  return (lines) => lines[i18n.language === 'en' ? 'en' : 'zh'];
}

/** What speaks for a pair, then what speaks against it or could be added; shared words are marked. */
export function ReasonList({ reasons, missing, terms }: Pick<MatchView, 'reasons' | 'missing' | 'terms'>) {
  const { t } = useTranslation('matches');
  const linesOf = useLines();
  const against = linesOf(missing);
  const speaking = linesOf(reasons).filter((line) => !against.includes(line));
  return (
    <ul className="match-reasons">
      {speaking.map((line) => (
        <li key={line}>
          <CheckCircleOutlined style={{ color: '#389e0d' }} aria-label={t('pair.for')} />
          <Marked text={line} marks={marksOf(line, terms)} />
        </li>
      ))}
      {against.map((line) => (
        <li key={line} style={{ color: '#6b7685' }}>
          <InfoCircleOutlined style={{ color: '#d48806' }} aria-label={t('pair.against')} />
          {line}
        </li>
      ))}
    </ul>
  );
}

export function OutcomeTag({ outcome }: { outcome: keyof typeof OUTCOME_COLOUR }) {
  const { t } = useTranslation('matches');
  return <Tag color={OUTCOME_COLOUR[outcome]}>{t(`outcome.${outcome}`)}</Tag>;
}

/** The need's indicators beside what the capability states. */
export function IndicatorTable({ indicators }: Pick<MatchView, 'indicators'>) {
  const { t } = useTranslation('matches');
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="name"
      scroll={{ x: 'max-content' }}
      dataSource={indicators}
      columns={[
        { title: t('indicator'), dataIndex: 'name' },
        { title: t('wanted'), dataIndex: 'wanted' },
        {
          title: t('offered'),
          dataIndex: 'offered',
          render: (value: string | null) => value ?? t('notStated'),
        },
        {
          title: t('pair.outcome'),
          dataIndex: 'outcome',
          render: (outcome: keyof typeof OUTCOME_COLOUR) => <OutcomeTag outcome={outcome} />,
        },
      ]}
    />
  );
}
