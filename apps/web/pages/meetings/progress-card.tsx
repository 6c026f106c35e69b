import { CheckCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Flex, Progress, Spin, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TimetableProgressView, TimetableSummary } from '#libs/contracts/meetings/timetables.js';
import type { BoardActions } from './use-timetable.js';

/** How far the computation is, and the button that is content with the best found so far. */
export function ProgressCard({
  latest,
  stop,
}: {
  readonly latest: TimetableSummary;
  readonly stop: BoardActions['stop'];
}) {
  const { t } = useTranslation('meetings');
  const { progress } = latest;
  const { placed, breaks, lower, upper } = progress ?? {
    placed: null,
    breaks: null,
    lower: null,
    upper: null,
  };
  const gap = lower === null || upper === null ? null : Math.abs(upper - lower);
  return (
    <Card size="small" data-testid="solver-progress">
      <Flex wrap gap={24} align="center">
        <Flex gap={8} align="center" className="progress-stage">
          <Spin size="small" />
          <span>
            {t('board.computing')}
            <br />
            <small style={{ color: '#6b7685' }}>
              {t(`progress.stage.${progress?.stage ?? 'construct'}`, {
                defaultValue: t('progress.stage.other'),
              })}
            </small>
          </span>
        </Flex>
        <div className="figures">
          <Figure title={t('progress.placed')} value={placed} />
          <Figure title={t('progress.best')} value={breaks} />
          <Figure title={t('progress.bound')} value={lower} />
          <Figure title={t('progress.gap')} value={gap} />
          <Figure
            title={t('progress.seconds')}
            value={progress === null ? null : Math.round(progress.seconds)}
          />
        </div>
        <Button
          disabled={placed === null}
          loading={stop.isPending || stop.isSuccess}
          onClick={() => stop.mutate(latest.id)}
          data-testid="stop-solver"
        >
          {t('progress.stop')}
        </Button>
      </Flex>
      {gap !== null && upper !== null && (
        <Progress
          size="small"
          showInfo={false}
          percent={
            upper === 0 && gap === 0 ? 100 : Math.round(100 * (1 - gap / Math.max(1, Math.abs(upper))))
          }
          aria-label={t('progress.gap')}
        />
      )}
    </Card>
  );
}

function Figure({ title, value }: { readonly title: string; readonly value: number | null }) {
  return <Statistic title={title} value={value ?? '—'} />;
}

/** What is proved of a timetable that is computed, and why not all meetings fit. */
export function ProofLine({
  progress,
  edited,
}: {
  readonly progress: TimetableProgressView | null;
  /** Changed since by hand: what was proved no longer holds. */
  readonly edited: boolean;
}) {
  const { t } = useTranslation('meetings');
  if (progress === null || progress.proof === null) return null;
  const { proof, reasons, stage, lower, upper, seconds } = progress;
  const gap = lower === null || upper === null ? null : Math.abs(upper - lower);
  const isProved = !edited && (proof === 'optimal' || gap === 0);
  const goal = t(`progress.goal.${stage}`, { defaultValue: t('progress.goal.other') });
  const text = edited
    ? t('proof.edited')
    : isProved
      ? t('proof.optimal', { seconds: seconds.toFixed(1) })
      : gap === null
        ? t('proof.unknown', { seconds: seconds.toFixed(1) })
        : t('proof.gap', { gap, goal, seconds: seconds.toFixed(1) });
  return (
    <div className="stack" data-testid="proof">
      <span style={{ color: isProved ? '#18794e' : '#8a5a00' }}>
        <CheckCircleOutlined /> {text}
      </span>
      {reasons.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('proof.notAll')}
          description={
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {reasons.slice(0, 5).map((reason, index) => (
                <li key={index}>
                  {t(`infeasible.${reason.kind}`, {
                    people: reason.people.join(t('shell:comma')),
                    meetings: reason.meetings ?? 0,
                    slots: reason.slots ?? reason.meetings ?? 0,
                    freeSlots: reason.freeSlots ?? 0,
                  })}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </div>
  );
}
