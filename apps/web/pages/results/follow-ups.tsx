import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Rate, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  meetingResult,
  nextStep,
  type FollowUpView,
  type MeetingResult,
} from '#libs/contracts/results/meeting-result.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';

interface Values {
  rating: number;
  nextStep: FollowUpView['nextStep'];
  note?: string;
}

/** The own side's follow-up to write; those that the reader may see besides. */
export function FollowUps({ result }: { result: MeetingResult }) {
  const { t } = useTranslation('results');
  const { side, mayFollowUp } = result;
  const others = result.followUps.filter((one) => !mayFollowUp || one.side !== side);
  return (
    <section>
      <Typography.Title level={5}>{t('outcome.followUp')}</Typography.Title>
      {mayFollowUp && (
        <FollowUpForm result={result} own={result.followUps.find((one) => one.side === side)} />
      )}
      {others.map((one) => (
        <Shown key={one.side} followUp={one} />
      ))}
    </section>
  );
}

function FollowUpForm({ result, own }: { result: MeetingResult; own: FollowUpView | undefined }) {
  const { t } = useTranslation('results');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (values: Values) =>
      api.put(`/meetings/${result.meetingId}/follow-up`, meetingResult, {
        ...values,
        note: values.note || null,
      }),
    onSuccess: (next) => {
      queryClient.setQueryData(['meeting-result', result.meetingId], next);
      notice.done(t('shell:saved'));
    },
    onError: (error) => notice.failed(error),
  });
  const required = [{ required: true, message: t('shell:required') }];
  return (
    <Form<Values>
      layout="vertical"
      initialValues={own && { rating: own.rating, nextStep: own.nextStep, note: own.note ?? '' }}
      onFinish={(values) => save.mutate(values)}
    >
      <Form.Item name="rating" label={t('outcome.rating')} rules={required}>
        <Rate data-testid="follow-up-rating" />
      </Form.Item>
      <Form.Item name="nextStep" label={t('outcome.next')} rules={required}>
        <Select
          style={{ maxWidth: 280 }}
          options={nextStep.options.map((value) => ({ value, label: t(`outcome.nextStep.${value}`) }))}
          data-testid="follow-up-next"
        />
      </Form.Item>
      <Form.Item name="note" label={t('outcome.note')}>
        <Input.TextArea rows={3} maxLength={2000} data-testid="follow-up-note" />
      </Form.Item>
      <Button htmlType="submit" type="primary" loading={save.isPending} data-testid="follow-up-save">
        {t('outcome.save')}
      </Button>
    </Form>
  );
}

function Shown({ followUp }: { followUp: FollowUpView }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  return (
    <div style={{ margin: '8px 0' }}>
      <Typography.Text strong>{t(`outcome.side.${followUp.side}`)}</Typography.Text>{' '}
      <Rate disabled value={followUp.rating} style={{ fontSize: 14 }} />{' '}
      {t(`outcome.nextStep.${followUp.nextStep}`)}
      {followUp.note !== null && <div className="prose">{followUp.note}</div>}
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {followUp.by} · {format.instant(followUp.updatedAt)}
      </Typography.Text>
    </div>
  );
}
