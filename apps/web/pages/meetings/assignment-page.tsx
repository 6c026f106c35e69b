import { Alert, Button, Card, Flex, Spin, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { AssignmentSummary, AssignmentView } from '#libs/contracts/meetings/assignments.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventLinks } from '../events/event-links.js';
import { AssignmentPairList } from './assignment-pairs.js';
import { AssignmentSettingsCard } from './assignment-settings-card.js';
import { useMeetingWords } from './meeting-words.js';
import './meetings.css';
import { ShortOfMinimum } from './short-of-minimum.js';
import { useAssignment, useAssignmentActions } from './use-assignment.js';

/** /organizer/events/:id/assignment */
export default function AssignmentPage() {
  const { id = '' } = useParams();
  const { query, running } = useAssignment(id);
  return <Loaded query={query}>{(view) => <Assignment eventId={id} view={view} running={running} />}</Loaded>;
}

interface AssignmentProps {
  readonly eventId: string;
  readonly view: AssignmentView;
  readonly running: boolean;
}

function Assignment({ eventId, view, running }: AssignmentProps) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const { latest } = view;
  const actions = useAssignmentActions(eventId, latest?.id ?? null);
  const ready = latest?.status === 'ready';
  return (
    <>
      <PageHead
        title={t('assign.title')}
        hint={t('assign.hint', { ...view, event: words.title(view.event) })}
        actions={
          <Link to={`/organizer/events/${eventId}/timetable`}>
            <Button>{t('assign.toBoard')}</Button>
          </Link>
        }
      />
      <EventLinks eventId={eventId} />
      {view.people === 0 ? (
        <EmptyState
          text={t('assign.noPeople')}
          action={
            <Link to={`/organizer/events/${eventId}/registrations`}>
              <Button type="primary">{t('assign.toRegistrations')}</Button>
            </Link>
          }
        />
      ) : (
        <div className="stack" style={{ gap: 16, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          {view.open ? <p style={{ margin: 0 }}>{t('assign.intro')}</p> : <Alert title={t('assign.over')} />}
          <AssignmentSettingsCard
            settings={view.settings}
            again={ready}
            running={running}
            disabled={!view.open}
            compute={actions.compute}
          />
          {running && <Running latest={latest} />}
          {latest?.status === 'failed' && (
            <Alert type="error" showIcon title={t('assign.failed', { error: latest.error ?? '' })} />
          )}
          {ready && <Result latest={latest} />}
          {ready &&
            (latest.figures?.pairs === 0 ? (
              <EmptyState text={t('assign.none')} />
            ) : (
              <AssignmentPairList key={latest.id} latest={latest} open={view.open} actions={actions} />
            ))}
        </div>
      )}
    </>
  );
}

function Running({ latest }: { readonly latest: AssignmentSummary | null }) {
  const { t } = useTranslation('meetings');
  return (
    <Card size="small" data-testid="assignment-progress">
      <Flex gap={8} align="center">
        <Spin size="small" />
        {t(`assign.stage.${latest?.stage ?? 'waiting'}`)}
      </Flex>
    </Card>
  );
}

function Result({ latest }: { readonly latest: AssignmentSummary }) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const { figures, short, shortGroups } = latest;
  if (figures === null) return null;
  const proof = t(`assign.proof.${figures.proof}`, {
    time: format.instant(latest.computedAt ?? latest.createdAt),
    seconds: Math.max(0.1, figures.milliseconds / 1000).toFixed(1),
  });
  const capacity =
    figures.capacity === null ? t('assign.noCapacity') : t('assign.capacity', { count: figures.capacity });
  return (
    <>
      <Flex wrap gap={24} data-testid="assignment-figures">
        <Statistic title={t('assign.figures.chosen')} value={figures.chosen} />
        <Statistic title={t('assign.figures.open')} value={latest.open} />
        <Statistic title={t('assign.figures.pairs')} value={figures.pairs} />
        <Statistic title={t('assign.figures.short')} value={short.length} />
      </Flex>
      <small style={{ color: '#6b7685' }}>
        {proof} {capacity}
      </small>
      {figures.missedPins > 0 && (
        <Alert type="warning" showIcon title={t('assign.missedPins', { count: figures.missedPins })} />
      )}
      {(short.length > 0 || shortGroups.length > 0) && (
        <ShortOfMinimum short={short} groups={shortGroups} floor={latest.settings.floor} />
      )}
    </>
  );
}
