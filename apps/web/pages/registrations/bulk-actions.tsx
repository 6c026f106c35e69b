import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bulkOutcome, type ParticipantRow } from '#libs/contracts/registrations/organizer.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

interface Decisions {
  approve(ids: readonly string[]): Promise<void>;
  reject(ids: readonly string[], note: string): Promise<void>;
  cancel(row: ParticipantRow): void;
}

/** What organizers do to registrations; the list is read again after each. */
export function useDecisions(eventId: string): Decisions {
  const { t } = useTranslation('registrations');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const act = async (work: () => Promise<string>) => {
    try {
      notice.done(await work());
    } catch (error) {
      notice.failed(error);
    }
    await queryClient.invalidateQueries({ queryKey: ['participants', eventId] });
  };
  const base = `/organizer/events/${eventId}/registrations`;
  return {
    approve: (ids) =>
      act(async () => {
        const { results } = await api.post(`${base}/approve`, bulkOutcome, { ids });
        const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
        return t('organizer.approved', {
          confirmed: count('confirmed'),
          waitlisted: count('waitlisted'),
          unchanged: count('unchanged'),
        });
      }),
    reject: (ids, note) =>
      act(async () => {
        const { results } = await api.post(`${base}/reject`, bulkOutcome, { ids, note });
        return t('organizer.rejected', {
          count: results.filter((result) => result.outcome === 'rejected').length,
        });
      }),
    cancel: (row) =>
      notice.ask({
        title: t('organizer.cancelAsk', { name: row.name }),
        text: t('organizer.cancelText'),
        danger: true,
        action: () =>
          act(async () => {
            await api.post(`/registrations/${row.id}/cancel`, done, {});
            return t('detail.cancelled');
          }),
      }),
  };
}

interface BulkProps {
  readonly eventId: string;
  readonly rows: readonly ParticipantRow[];
  readonly chosen: readonly string[];
  readonly clear: () => void;
}

/** Buttons for the chosen rows. */
export function BulkActions({ eventId, rows, chosen, clear }: BulkProps) {
  const { t } = useTranslation('registrations');
  const decisions = useDecisions(eventId);
  const [rejecting, setRejecting] = useState(false);
  const pending = rows
    .filter((row) => chosen.includes(row.id) && row.status === 'pending')
    .map((row) => row.id);
  const open = rows
    .filter((row) => chosen.includes(row.id) && (row.status === 'pending' || row.status === 'waitlisted'))
    .map((row) => row.id);
  if (open.length === 0) return null;
  return (
    <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 12 }}>
      <Button
        type="primary"
        disabled={pending.length === 0}
        onClick={() => void decisions.approve(pending).then(clear)}
        data-testid="participants-approve"
      >
        {t('organizer.approveSelected', { count: pending.length })}
      </Button>
      <Button danger onClick={() => setRejecting(true)} data-testid="participants-reject">
        {t('organizer.rejectSelected', { count: open.length })}
      </Button>
      {rejecting && (
        <RejectModal
          close={() => setRejecting(false)}
          reject={(note) => decisions.reject(open, note).then(clear)}
        />
      )}
    </div>
  );
}

/** Asks why before registrations are rejected. */
export function RejectModal({
  close,
  reject,
}: {
  close: () => void;
  reject: (note: string) => Promise<void>;
}) {
  const { t } = useTranslation('registrations');
  const [form] = Form.useForm<{ note: string }>();
  const [busy, setBusy] = useState(false);
  const submit = async ({ note }: { note: string }) => {
    setBusy(true);
    await reject(note);
    close();
  };
  return (
    <Modal
      open
      title={t('organizer.rejectTitle')}
      okText={t('organizer.reject')}
      okButtonProps={{ danger: true, loading: busy }}
      onCancel={close}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="note"
          label={t('organizer.reason')}
          extra={t('organizer.rejectHint')}
          rules={[{ required: true, whitespace: true, message: t('shell:required') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount data-testid="reject-note" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
