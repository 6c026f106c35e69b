import { CheckCircleOutlined, CloseCircleOutlined, InfoCircleOutlined } from '@ant-design/icons';
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

/** What speaks for a pair, then what is not met, then what is open or could be added; shared words are marked. */
export function ReasonList({
  reasons,
  missing,
  unmet,
  terms,
}: Pick<MatchView, 'reasons' | 'missing' | 'unmet' | 'terms'>) {
  const { t } = useTranslation('matches');
  const linesOf = useLines();
  const against = linesOf(missing);
  const failed = new Set(linesOf(unmet));
  const speaking = linesOf(reasons).filter((line) => !against.includes(line));
  return (
    <ul className="match-reasons">
      {speaking.map((line) => (
        <li key={line}>
          <CheckCircleOutlined style={{ color: '#389e0d' }} aria-label={t('pair.for')} />
          <Marked text={line} marks={marksOf(line, terms)} />
        </li>
      ))}
      {against.map((line) =>
        failed.has(line) ? (
          <li key={line} style={{ color: '#a8071a' }}>
            <CloseCircleOutlined style={{ color: '#cf1322' }} aria-label={t('pair.unmet')} />
            {line}
          </li>
        ) : (
          <li key={line} style={{ color: '#6b7685' }}>
            <InfoCircleOutlined style={{ color: '#d48806' }} aria-label={t('pair.against')} />
            {line}
          </li>
        ),
      )}
    </ul>
  );
}

type Outcome = keyof typeof OUTCOME_COLOUR;

/** What is stated and does not compare is to be confirmed, as opposed to what is not stated. */
export function OutcomeTag({ outcome, offered }: { outcome: Outcome; offered: string | null }) {
  const { t } = useTranslation('matches');
  const word = outcome === 'unknown' && offered === null ? 'notStated' : `outcome.${outcome}`;
  return <Tag color={OUTCOME_COLOUR[outcome]}>{t(word)}</Tag>;
}

/** The need's indicators beside what the capability states. */
export function IndicatorTable({ indicators }: Pick<MatchView, 'indicators'>) {
  const { t } = useTranslation('matches');
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={({ name, wanted }) => `${name} ${wanted}`}
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
          render: (outcome: Outcome, { offered }: MatchView['indicators'][number]) => (
            <OutcomeTag outcome={outcome} offered={offered} />
          ),
        },
      ]}
    />
  );
}
