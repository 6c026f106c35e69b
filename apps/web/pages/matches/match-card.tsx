import { StarFilled } from '@ant-design/icons';
import { Card, Checkbox, Collapse, Flex, Tag, Tooltip, Typography } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { AnswerButtons } from './answer-buttons.js';
import { Contributions } from './contributions.js';
import { Marked } from './marked.js';
import { MutualActions } from './mutual-actions.js';
import { IndicatorTable, ReasonList } from './reason-list.js';
import { ScoreBand } from './score-band.js';
import { SourcePanel } from './source-panel.js';
import './matches.css';

interface Props {
  match: MatchView;
  seenFrom: 'need' | 'capability';
  /** Chosen for the comparison; null when no more can be chosen. */
  chosen: boolean | null;
  choose: (chosen: boolean) => void;
}

/** One pair, seen from a need or from a capability: who, why, and what the reader says. */
export function MatchCard({ match, seenFrom, chosen, choose }: Props) {
  const { t } = useTranslation('matches');
  const viewed = useViewed(match);
  const side = seenFrom === 'need' ? 'capability' : 'need';
  const other = match[side];
  const path = seenFrom === 'need' ? 'capabilities' : 'needs';
  const inTitle = match.shared.flatMap((term) => term[side].filter((at) => at.field === 'title'));
  return (
    <Card className="match-card" data-testid="match-card" styles={{ body: { padding: 16 } }}>
      <Flex gap={12} justify="space-between" wrap>
        <div style={{ minWidth: 0, flex: '1 1 280px' }}>
          <Typography.Title level={5} style={{ margin: 0, overflowWrap: 'anywhere' }}>
            <Link to={`/${path}/${other.id}`} onClick={viewed}>
              <Marked text={other.title} marks={inTitle} />
            </Link>
          </Typography.Title>
          <Typography.Text type="secondary">{other.organisation ?? t('sealedOrganisation')}</Typography.Text>
        </div>
        <div className="tags" style={{ alignItems: 'flex-start' }}>
          <Tags match={match} />
          <Checkbox
            checked={chosen === true}
            disabled={chosen === null}
            onChange={(event) => choose(event.target.checked)}
            data-testid="choose-match"
          >
            {t('compare.choose')}
          </Checkbox>
        </div>
      </Flex>
      <ReasonList {...match} />
      <OverrideNote match={match} />
      <Details match={match} opened={viewed} />
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

function Tags({ match }: { match: MatchView }) {
  const { t } = useTranslation('matches');
  return (
    <>
      {match.recommended && (
        <Tag color="gold" icon={<StarFilled />} data-testid="recommended">
          {t('pair.recommended')}
        </Tag>
      )}
      {match.override?.kind === 'hidden' && <Tag color="red">{t('board.hidden')}</Tag>}
      {match.mutualAt !== null ? (
        <Tag color="success">{t('mutual')}</Tag>
      ) : (
        match.theirInterest && <Tag color="orange">{t('theyInterested')}</Tag>
      )}
      {match.outdated ? (
        <Tooltip title={t('pair.outdatedHint')} trigger={['hover', 'focus', 'click']}>
          <Tag color="warning" tabIndex={0} data-testid="outdated">
            {t('pair.outdated')}
          </Tag>
        </Tooltip>
      ) : (
        <ScoreBand score={match.score} scored={match.factors.length > 0} />
      )}
    </>
  );
}

/** Tells the measurement of match quality once that the reader opened the match; nobody waits for it. */
function useViewed({ id, side }: MatchView): () => void {
  const told = useRef(false);
  return () => {
    if (told.current || side === null) return;
    told.current = true;
    api.post(`/matches/${id}/viewed`, done).catch(() => {
      told.current = false;
    });
  };
}

function OverrideNote({ match: { override } }: { match: MatchView }) {
  const { t } = useTranslation('matches');
  const format = useFormat();
  if (override === null) return null;
  return (
    <Typography.Paragraph type="secondary" style={{ margin: '0 0 8px' }}>
      {t(`board.by.${override.kind}`, {
        by: override.by ?? t('board.somebody'),
        at: format.day(override.at),
      })}
      {override.note !== null && `${t('shell:colon')}${override.note}`}
    </Typography.Paragraph>
  );
}

function StaffAnswers({ answers }: { answers: NonNullable<MatchView['answers']> }) {
  const { t } = useTranslation('matches');
  return (
    <Typography.Text type="secondary">
      {t('staff.need')}
      {t('shell:colon')}
      {t(`answer.${answers.need}`)} · {t('staff.capability')}
      {t('shell:colon')}
      {t(`answer.${answers.capability}`)}
    </Typography.Text>
  );
}

function Details({ match, opened }: { match: MatchView; opened: () => void }) {
  const { t } = useTranslation('matches');
  const items = [
    {
      key: 'indicators',
      label: `${t('indicators')} (${match.indicators.length})`,
      children: <IndicatorTable indicators={match.indicators} />,
    },
    { key: 'source', label: t('pair.source'), children: <SourcePanel match={match} /> },
    {
      key: 'parts',
      label: t('parts'),
      children: <Contributions factors={match.factors} score={match.score} />,
    },
  ].filter(({ key }) =>
    key === 'indicators'
      ? match.indicators.length > 0
      : key === 'source'
        ? match.shared.length > 0
        : match.factors.length > 0,
  );
  if (items.length === 0) return null;
  return <Collapse ghost size="small" items={items} onChange={(keys) => keys.length > 0 && opened()} />;
}
