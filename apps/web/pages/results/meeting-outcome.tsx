import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { dealView } from '#libs/contracts/results/deal.js';
import {
  meetingResult,
  type MeetingOutcome,
  type MeetingResult,
} from '#libs/contracts/results/meeting-result.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { FollowUps } from './follow-ups.js';

/** Box for a meeting's page: whether it took place, the follow-up, and the deal it led to. */
export function MeetingOutcomeBox({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation('results');
  const query = useQuery({
    queryKey: ['meeting-result', meetingId],
    queryFn: () => api.get(`/meetings/${meetingId}/follow-ups`, meetingResult),
  });
  return (
    <Card size="small" title={t('outcome.title')} data-testid="meeting-outcome">
      <Loaded query={query}>
        {(result) => (
          <Flex vertical gap={16}>
            <Outcome result={result} />
            {(result.mayFollowUp || result.followUps.length > 0) && <FollowUps result={result} />}
            <DealLink result={result} />
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}

function Outcome({ result }: { result: MeetingResult }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const record = useMutation({
    mutationFn: (outcome: MeetingOutcome) =>
      api.post(`/meetings/${result.meetingId}/outcome`, meetingResult, { outcome }),
    onSuccess: (next) => {
      queryClient.setQueryData(['meeting-result', result.meetingId], next);
      void queryClient.invalidateQueries({ queryKey: ['meetings'] });
      notice.done(t('outcome.saved'));
    },
    onError: (error) => notice.failed(error),
  });
  const undo = useMutation({
    mutationFn: () => api.post(`/meetings/${result.meetingId}/outcome/undo`, meetingResult),
    onSuccess: (next) => {
      queryClient.setQueryData(['meeting-result', result.meetingId], next);
      void queryClient.invalidateQueries({ queryKey: ['meetings'] });
    },
    onError: (error) => notice.failed(error),
  });
  const { status, mayRecord } = result;
  if (status === 'held' || status === 'no_show') {
    const other = status === 'held' ? 'no_show' : 'held';
    const correct = () =>
      notice.ask({
        title: t('outcome.correctAsk'),
        action: () => record.mutateAsync(other).catch(() => null),
      });
    return (
      <Flex wrap gap={8} align="center">
        <Tag color={status === 'held' ? 'green' : 'red'}>{t(`outcome.${status}`)}</Tag>
        {result.outcomeAt !== null && (
          <Typography.Text type="secondary">
            {t('outcome.recordedBy', {
              name: result.outcomeBy ?? '',
              time: format.instant(result.outcomeAt),
            })}
          </Typography.Text>
        )}
        {result.mayUndo && (
          <Button
            size="small"
            loading={undo.isPending}
            onClick={() => undo.mutate()}
            data-testid="outcome-undo"
          >
            {t('outcome.undo')}
          </Button>
        )}
        {mayRecord && (
          <Button size="small" type="link" onClick={correct} data-testid="outcome-correct">
            {t('outcome.correct', { outcome: t(`outcome.${other}`) })}
          </Button>
        )}
      </Flex>
    );
  }
  if (!mayRecord) return <Typography.Text type="secondary">{t('outcome.pending')}</Typography.Text>;
  return (
    <Flex wrap gap={8} align="center">
      <Typography.Text>{t('outcome.ask')}</Typography.Text>
      {(['held', 'no_show'] as const).map((outcome) => (
        <Button
          key={outcome}
          type={outcome === 'held' ? 'primary' : 'default'}
          loading={record.isPending && record.variables === outcome}
          onClick={() => record.mutate(outcome)}
          data-testid={`outcome-${outcome}`}
        >
          {t(`outcome.${outcome}`)}
        </Button>
      ))}
    </Flex>
  );
}

function DealLink({ result }: { result: MeetingResult }) {
  const { t } = useTranslation('results');
  const navigate = useNavigate();
  const notice = useNotice();
  const open = useMutation({
    mutationFn: () => api.post('/deals', dealView, { meetingId: result.meetingId }),
    onSuccess: (deal) => void navigate(`/deals/${deal.id}`),
    onError: (error) => notice.failed(error),
  });
  if (result.deal !== null)
    return <Link to={`/deals/${result.deal.id}`}>{t('outcome.toDeal', { dealNo: result.deal.dealNo })}</Link>;
  if (!result.mayOpenDeal) return null;
  return (
    <div>
      <Button loading={open.isPending} onClick={() => open.mutate()} data-testid="open-deal">
        {t('outcome.openDeal')}
      </Button>
    </div>
  );
}
