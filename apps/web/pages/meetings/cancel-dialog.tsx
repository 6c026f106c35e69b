import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { cancellationView, type CancellationView } from '#libs/contracts/meetings/cancellation.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { useMeetingWords } from './meeting-words.js';

interface CancelProps {
  readonly id: string;
  readonly close: () => void;
}

/** What cancelling a meeting does, then why, then it is done. */
export function CancelDialog({ id, close }: CancelProps) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const notice = useNotice();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const preview = useQuery({
    queryKey: ['meeting-cancellation', id],
    queryFn: () => api.get(`/meetings/${id}/cancellation`, cancellationView),
    // What others do meanwhile changes it.
    gcTime: 0,
  });
  const cancel = useMutation({
    mutationFn: (body: { reason: string }) => api.post(`/meetings/${id}/cancel`, done, body),
    onSuccess: async () => {
      notice.done(t('meeting.cancelled'));
      close();
      await Promise.all(
        [['meetings', id], ['my-timetable'], ['meeting-requests']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  return (
    <Modal
      open
      title={t('meeting.cancelTitle')}
      okText={t('meeting.cancel')}
      okButtonProps={{
        danger: true,
        disabled: preview.isPending,
        'data-testid': 'confirm-cancel',
      }}
      cancelText={shell('back')}
      confirmLoading={cancel.isPending}
      onOk={() => form.submit()}
      onCancel={close}
      destroyOnHidden
    >
      {cancel.error !== null && <Alert type="error" title={cancel.error.message} showIcon />}
      {preview.isPending && <Skeleton active paragraph={{ rows: 2 }} />}
      {preview.error !== null && <Alert type="warning" title={preview.error.message} showIcon />}
      {preview.data !== undefined && <Effects view={preview.data} />}
      <Form form={form} layout="vertical" onFinish={(body) => cancel.mutate(body)}>
        <Form.Item
          name="reason"
          label={t('meeting.reason')}
          rules={[{ required: true, whitespace: true, message: shell('required') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount data-testid="cancel-reason" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Who is told, whose day gets a gap, and what becomes of the slot. */
function Effects({ view }: { readonly view: CancellationView }) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const { told, gaps, slot } = view;
  const name = ({ person, organisation, mine }: CancellationView['told'][number]) =>
    mine ? t('cancellation.you') : words.who(organisation, person);
  return (
    <ul className="cancel-effects" data-testid="cancel-effects">
      <li>
        {told.length === 0
          ? t('cancellation.nobody')
          : t('cancellation.told', { names: told.map(name).join(t('shell:comma')) })}
      </li>
      {gaps.map((gap) => (
        <li key={`${gap.organisation ?? ''} ${gap.person}`}>
          {t(gap.breaksAfter > gap.breaksBefore ? 'cancellation.gap' : 'cancellation.longer', {
            who: name(gap),
            time: `${format.time(gap.startsAt)}–${format.time(gap.endsAt)}`,
          })}
        </li>
      ))}
      {slot !== null && gaps.length === 0 && <li>{t('cancellation.noGap')}</li>}
      {slot !== null && (
        <li>
          {slot.waiting === 0
            ? t('cancellation.noneWaits')
            : t('cancellation.waiting', { count: slot.waiting })}
        </li>
      )}
      <li>{t('cancellation.final')}</li>
    </ul>
  );
}
