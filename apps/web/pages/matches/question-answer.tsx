import { Alert, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchQuestionAnswer } from '#libs/contracts/matching/match-questions.js';
import { Contributions } from './contributions.js';
import { IndicatorTable, ReasonList } from './reason-list.js';
import { percent, ScoreBand } from './score-band.js';

const ALERT = { shown: 'success', below: 'info', weak: 'warning', excluded: 'error' } as const;

/** What the engine says of a pair that was asked about. */
export function QuestionAnswer({ answer }: { answer: MatchQuestionAnswer }) {
  const { t } = useTranslation('matches');
  const { outcome, score, indicators, factors } = answer;
  const described = answer.reasons.zh.length > 0;
  return (
    <div data-testid="question-answer">
      <Alert
        type={ALERT[outcome]}
        showIcon
        title={t(`question.outcome.${outcome}`)}
        description={<Because answer={answer} />}
      />
      {score !== null && (
        <Heading text={t('question.judged')}>
          {outcome === 'weak' ? percent(score) : <ScoreBand score={score} />}
        </Heading>
      )}
      {described && <ReasonList {...answer} />}
      {score !== null && !described && (
        <Typography.Text type="secondary">{t('question.nothingShared')}</Typography.Text>
      )}
      {indicators.length > 0 && (
        <>
          <Heading text={t('indicators')} />
          <IndicatorTable indicators={indicators} />
        </>
      )}
      {score !== null && factors.length > 0 && (
        <>
          <Heading text={t('parts')} />
          <Contributions factors={factors} score={score} />
        </>
      )}
    </div>
  );
}

function Heading({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <Typography.Title level={5} style={{ margin: '16px 0 6px' }}>
      {text} {children}
    </Typography.Title>
  );
}

/** The rule that forbids the pair, or how it stands to those that are shown. */
function Because({ answer }: { answer: MatchQuestionAnswer }) {
  const { t, i18n } = useTranslation('matches');
  const { outcome, exclusion, score, rank, shown, lastScore, minScore } = answer;
  if (exclusion !== null) return <>{i18n.language === 'en' ? exclusion.en : exclusion.zh}</>;
  const own = percent(score ?? 0);
  if (outcome === 'shown') return <>{t('question.because.shown', { rank: rank ?? '—', count: shown })}</>;
  if (outcome === 'weak') return <>{t('question.because.weak', { own, least: percent(minScore) })}</>;
  return lastScore === null ? (
    <>{t('question.because.alone', { own })}</>
  ) : (
    <>{t('question.because.below', { own, count: shown, last: percent(lastScore) })}</>
  );
}
