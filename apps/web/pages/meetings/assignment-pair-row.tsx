import { Checkbox, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AssignmentPairView } from '#libs/contracts/meetings/assignments.js';
import { useCodes } from '../../shell/codes.js';
import { useMeetingWords } from './meeting-words.js';

interface PairRowProps {
  readonly pair: AssignmentPairView;
  readonly selected: boolean;
  /** Null when it cannot be accepted. */
  readonly select: ((selected: boolean) => void) | null;
}

/** Two people, what speaks for them, and why they are proposed or not. */
export function AssignmentPairRow({ pair, selected, select }: PairRowProps) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const names = `${pair.enterprise.organisation} – ${pair.institute.organisation}`;
  const sides = { enterprise: pair.enterprise.organisation, institute: pair.institute.organisation };
  const subject = [pair.need, pair.capability].filter((title) => title !== null).join(' / ');
  return (
    <div className="assign-row" data-testid="assignment-pair">
      <Checkbox
        checked={selected}
        disabled={select === null}
        onChange={({ target }) => select?.(target.checked)}
        aria-label={t('assign.select', { name: names })}
      />
      <div>
        <strong>
          {words.who(pair.enterprise.organisation, pair.enterprise.person)} –{' '}
          {words.who(pair.institute.organisation, pair.institute.person)}
        </strong>
        {subject !== '' && <p>{subject}</p>}
        <div className="assign-tags">
          {pair.pinned && <Tag color="gold">{t('assign.pinned')}</Tag>}
          {pair.asked && <Tag color="cyan">{t('assign.asked')}</Tag>}
          <Tag color={pair.interest === 'both' ? 'green' : pair.interest === 'none' ? 'default' : 'blue'}>
            {t(`assign.interest.${pair.interest}`, sides)}
          </Tag>
          <small>
            {/* Who only asked for a meeting has no match. */}
            {subject !== '' && `${t('assign.score', { score: Math.round(pair.score * 100) })} · `}
            {t('assign.worth', { worth: pair.worth })}
          </small>
        </div>
        <Why pair={pair} />
        {pair.meetingId !== null && <Link to={`/meetings/${pair.meetingId}`}>{t('assign.open')}</Link>}
      </div>
    </div>
  );
}

function Why({ pair }: { readonly pair: AssignmentPairView }) {
  const { t } = useTranslation('meetings');
  const codes = useCodes();
  const { reason, code, full, fullOf, insteadOf, interest } = pair;
  const sides = { enterprise: pair.enterprise.organisation, institute: pair.institute.organisation };
  const grounds = [
    ...(pair.pinned ? [t('assign.chosen.pinned')] : []),
    ...(pair.asked ? [t('assign.chosen.asked')] : []),
    t(`assign.chosen.${interest}`, sides),
  ];
  if (reason === 'chosen')
    return (
      <p className="assign-why">
        {t('assign.why')}
        {t('shell:colon')}
        {grounds.join(t('shell:comma'))}
      </p>
    );
  const instead = insteadOf.map((other) => t('assign.insteadOf', { ...other }));
  const isFull = reason === 'left-full' || reason === 'right-full' || reason === 'group-full';
  // The floor of others goes before worth.
  const first = insteadOf.some((other) => other.worth < pair.worth) ? 'First' : '';
  const key = isFull
    ? instead.length > 0
      ? `full${first}`
      : 'fullNone'
    : reason === 'capacity'
      ? `capacity${first}`
      : reason;
  const name = fullOf === 'kind' ? codes.label('organisation-kind', full) : (full ?? '');
  const who = fullOf === null || fullOf === 'person' ? name : t(`assign.whole.${fullOf}`, { name });
  const sentence =
    code === null
      ? t(`assign.reason.${key}`, { who })
      : t(`assign.code.${code}`, { defaultValue: t('assign.code.other') });
  return (
    <p className="assign-why not">
      {t('assign.whyNot')}
      {t('shell:colon')}
      {sentence}
      {instead.length > 0 && `${t('shell:colon')}${instead.join(t('shell:comma'))}`}
    </p>
  );
}
