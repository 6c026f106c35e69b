import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchView } from '#libs/contracts/matching/matches.js';
import { percent } from './score-band.js';

type Factors = MatchView['factors'];

/** Below, a part would be shown as 0.0%. */
const LEAST_SHOWN = 0.0005;

/** +12.3% or −4.0%, in points of the score. */
export const signed = (part: number): string => `${part < 0 ? '−' : '+'}${percent(Math.abs(part))}`;

/** A word for every factor; engines may know more of them than this page. */
export function useFactorLabel(): (code: string) => string {
  const { t } = useTranslation('matches');
  return (code) => t(`factor.${code}`, { defaultValue: t('pair.otherFactor') });
}

/** The parts of a score as bars to the left and right of zero; they sum to it. */
export function Contributions({ factors, score }: { factors: Factors; score: number }) {
  const { t } = useTranslation('matches');
  const label = useFactorLabel();
  const parts = factors.filter(({ contribution }) => Math.abs(contribution) >= LEAST_SHOWN);
  const low = Math.min(0, ...parts.map((part) => part.contribution));
  const high = Math.max(LEAST_SHOWN, ...parts.map((part) => part.contribution));
  const width = (value: number) => `${(value / (high - low)) * 100}%`;
  return (
    <div className="match-parts" data-testid="contributions">
      {parts.map(({ code, contribution }) => (
        <Fragment key={code}>
          <span>{label(code)}</span>
          <span className="match-bar" aria-hidden>
            <span
              className={contribution < 0 ? 'minus' : 'plus'}
              style={{
                left: width(Math.min(0, contribution) - low),
                width: width(Math.abs(contribution)),
              }}
            />
            <i style={{ left: width(-low) }} />
          </span>
          <span className="match-number">{signed(contribution)}</span>
        </Fragment>
      ))}
      <b>{t('pair.sum')}</b>
      <span />
      <b className="match-number">{percent(score)}</b>
    </div>
  );
}
