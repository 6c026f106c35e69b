import { Flex, Statistic, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LateChangePreview } from '#libs/contracts/meetings/late-changes.js';
import type { Place } from '#libs/contracts/meetings/timetables.js';
import { useFormat } from '../../shell/format.js';
import { useMeetingWords } from './meeting-words.js';

const COLORS = { added: 'green', moved: 'gold', removed: 'red' } as const;

/** What a late change costs: meetings that move, and who gets which message. */
export function LateCost({ preview }: { readonly preview: LateChangePreview }) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const placeWord = (place: Place | null) =>
    place === null
      ? ''
      : `${format.time(place.startsAt)}–${format.time(place.endsAt)} ${words.table(place.table)}`;
  const figures = (['moved', 'cancelled', 'lost', 'added', 'unchanged'] as const).filter(
    (figure) => figure === 'moved' || figure === 'unchanged' || preview[figure] > 0,
  );
  return (
    <>
      <Flex wrap gap={24}>
        {figures.map((figure) => (
          <Statistic key={figure} title={t(`late.${figure}`)} value={preview[figure]} />
        ))}
      </Flex>
      <small style={{ color: '#6b7685' }}>
        {preview.moved === 0 && preview.lost === 0
          ? t('late.noOne')
          : t(preview.proof === 'optimal' ? 'late.least' : 'late.found')}
      </small>
      <div className="late-rows">
        {preview.rows.map((row) => (
          <div key={row.meetingId}>
            <Tag color={COLORS[row.change]}>
              {row.change === 'removed' && preview.kind !== 'cancel'
                ? t('late.lost')
                : t(`publish.${row.change}`)}
            </Tag>
            {words.who(row.enterprise, row.enterprisePerson)} –{' '}
            {words.who(row.institute, row.institutePerson)}
            <div style={{ color: '#6b7685' }}>
              {row.before !== null && <s>{placeWord(row.before)}</s>} {placeWord(row.after)}
            </div>
          </div>
        ))}
      </div>
      <strong>
        {preview.messages.length === 0
          ? t('late.nobody')
          : t('late.messages', { count: preview.messages.length })}
      </strong>
      <div className="late-rows" data-testid="late-messages">
        {preview.messages.map((row) => (
          <div key={row.personId}>
            {words.who(row.organisation, row.person)}
            <div style={{ color: '#6b7685' }}>
              {(['invitations', 'updates', 'cancellations'] as const)
                .filter((kind) => row[kind] > 0)
                .map((kind) => t(`late.message.${kind}`, { count: row[kind] }))
                .join(' · ')}
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
