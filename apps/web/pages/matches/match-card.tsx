import { Card, Collapse, Flex, Progress, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { AnswerButtons } from './answer-buttons.js';
import { MutualActions } from './mutual-actions.js';

const BAND_COLOR = { strong: 'success', good: 'processing', possible: 'default' } as const;
const OUTCOME_COLOR = { met: 'success', not_met: 'error', unknown: 'default' } as const;

/** One pair, seen from a need or from a capability: who, why, and what the reader says. */
export function MatchCard({ match, seenFrom }: { match: MatchView; seenFrom: 'need' | 'capability' }) {
  const { t, i18n } = useTranslation('matches');
  const other = seenFrom === 'need' ? match.capability : match.need;
  const path = seenFrom === 'need' ? 'capabilities' : 'needs';
  const reasons = match.reasons[i18n.language === 'en' ? 'en' : 'zh'];
  return (
    <Card data-testid="match-card" styles={{ body: { padding: 16 } }}>
      <div style={{ display: 'flex', gap: 12, justifyContent: 'space-between', flexWrap: 'wrap' }}>
        <div style={{ minWidth: 0, flex: '1 1 320px' }}>
          <Typography.Title level={5} style={{ margin: 0 }}>
            <Link to={`/${path}/${other.id}`}>{other.title}</Link>
          </Typography.Title>
          <Typography.Text type="secondary">{other.organisation ?? t('sealedOrganisation')}</Typography.Text>
        </div>
        <div style={{ display: 'flex', gap: 4, alignItems: 'flex-start', flexWrap: 'wrap' }}>
          {match.mutualAt !== null ? (
            <Tag color="success">{t('mutual')}</Tag>
          ) : (
            match.theirInterest && <Tag color="orange">{t('theyInterested')}</Tag>
          )}
          <Tag color={BAND_COLOR[match.band]}>{t(`band.${match.band}`)}</Tag>
        </div>
      </div>
      <ul style={{ margin: '10px 0', paddingInlineStart: 20 }}>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <Details match={match} />
      <Flex gap={8} wrap align="center" style={{ marginTop: 12 }}>
        {match.answers === null || match.side !== null ? (
          <AnswerButtons match={match} />
        ) : (
          <StaffAnswers answers={match.answers} />
        )}
        <MutualActions match={match} />
      </Flex>
    </Card>
  );
}

function StaffAnswers({ answers }: { answers: NonNullable<MatchView['answers']> }) {
  const { t } = useTranslation('matches');
  return (
    <Typography.Text type="secondary">
      {t('staff.need')}：{t(`answer.${answers.need}`)} · {t('staff.capability')}：
      {t(`answer.${answers.capability}`)}
    </Typography.Text>
  );
}

function Details({ match }: { match: MatchView }) {
  const { t } = useTranslation('matches');
  const largest = Math.max(...match.factors.map((factor) => Math.abs(factor.contribution)), 0.001);
  const items = [
    {
      key: 'parts',
      label: t('parts'),
      children: (
        <div
          style={{ display: 'grid', gridTemplateColumns: 'max-content minmax(80px, 320px)', gap: '4px 12px' }}
        >
          {match.factors.map((factor) => [
            <span key={factor.code}>{t(`factor.${factor.code}`)}</span>,
            <Progress
              key={`${factor.code}-bar`}
              size="small"
              percent={Math.round((Math.abs(factor.contribution) / largest) * 100)}
              status={factor.contribution < 0 ? 'exception' : 'normal'}
              format={() => factor.contribution.toFixed(2)}
            />,
          ])}
        </div>
      ),
    },
  ];
  if (match.indicators.length > 0) {
    items.unshift({
      key: 'indicators',
      label: `${t('indicators')} (${match.indicators.length})`,
      children: (
        <Table
          size="small"
          pagination={false}
          rowKey="name"
          scroll={{ x: 'max-content' }}
          dataSource={match.indicators}
          columns={[
            { title: t('indicator'), dataIndex: 'name' },
            { title: t('wanted'), dataIndex: 'wanted' },
            {
              title: t('offered'),
              dataIndex: 'offered',
              render: (value: string | null) => value ?? t('notStated'),
            },
            {
              title: '',
              dataIndex: 'outcome',
              render: (value: keyof typeof OUTCOME_COLOR) => (
                <Tag color={OUTCOME_COLOR[value]}>{t(`outcome.${value}`)}</Tag>
              ),
            },
          ]}
        />
      ),
    });
  }
  return <Collapse ghost size="small" items={items} />;
}
