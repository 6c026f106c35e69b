import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '#libs/contracts/matching/matches.js';

const COLOUR = { strong: 'success', good: 'processing', possible: 'default' } as const;

/** The bands of a score; the same limits as the API's. */
export const bandOf = (score: number): MatchView['band'] =>
  score >= 0.6 ? 'strong' : score >= 0.4 ? 'good' : 'possible';

/** 0.4567 → 45.7% */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** A score as a word; the exact figure on request. `scored` is false for what only a person proposed. */
export function ScoreBand({ score, scored = true }: { score: number; scored?: boolean }) {
  const { t } = useTranslation('matches');
  if (!scored) return <Tag>{t('pair.unscored')}</Tag>;
  const band = bandOf(score);
  return (
    <Tooltip title={t('pair.scoreIs', { percent: percent(score) })} trigger={['hover', 'focus', 'click']}>
      <Tag color={COLOUR[band]} tabIndex={0} data-testid="score-band">
        {t(`band.${band}`)}
      </Tag>
    </Tooltip>
  );
}
