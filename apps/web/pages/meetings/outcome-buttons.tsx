import { UndoOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { meetingResult, type MeetingOutcome } from '#libs/contracts/results/meeting-result.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

const hasBegun = (startsAt: string | null): boolean =>
  startsAt !== null && Date.parse(startsAt) <= Date.now();

/** One tap on the day: held or no-show, and a tap that takes it back. From the start of the slot on. */
export function OutcomeButtons({
  id,
  status,
  startsAt,
}: {
  readonly id: string;
  readonly status: string;
  readonly startsAt: string | null;
}) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const settle = {
    onError: (error: unknown) => notice.failed(error),
    onSettled: () =>
      Promise.all(
        [['my-timetable'], ['timetable'], ['meetings'], ['meeting-result'], ['meeting-requests']].map(
          (queryKey) => client.invalidateQueries({ queryKey }),
        ),
      ),
  };
  const record = useMutation({
    ...settle,
    mutationFn: (outcome: MeetingOutcome) => api.post(`/meetings/${id}/outcome`, meetingResult, { outcome }),
  });
  const undo = useMutation({
    ...settle,
    mutationFn: () => api.post(`/meetings/${id}/outcome/undo`, meetingResult),
    onSuccess: () => record.reset(),
  });
  if (!hasBegun(startsAt)) return null;
  if (status === 'held' || status === 'no_show') {
    return (
      <Space className="no-print" size={4}>
        <Tag color={status === 'held' ? 'green' : 'orange'}>{t(`status.${status}`)}</Tag>
        {record.data?.mayUndo && (
          <Button
            size="small"
            icon={<UndoOutlined />}
            loading={undo.isPending}
            onClick={() => undo.mutate()}
            data-testid="undo-outcome"
          >
            {t('outcome.undo')}
          </Button>
        )}
      </Space>
    );
  }
  if (status !== 'scheduled') return null;
  return (
    <Space className="no-print" size={8}>
      {(['held', 'no_show'] as const).map((outcome) => (
        <Button
          key={outcome}
          size="small"
          type={outcome === 'held' ? 'primary' : 'default'}
          loading={record.isPending && record.variables === outcome}
          onClick={() => record.mutate(outcome)}
          data-testid={`tap-${outcome}`}
        >
          {t(`status.${outcome}`)}
        </Button>
      ))}
    </Space>
  );
}
