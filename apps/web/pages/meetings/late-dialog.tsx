import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, Modal, Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  lateChangePreview,
  lateChangeReport,
  type LateChangeBody,
} from '#libs/contracts/meetings/late-changes.js';
import { created } from '#libs/contracts/meetings/meetings.js';
import type { TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { LateCost } from './late-cost.js';
import { useMeetingWords } from './meeting-words.js';
import { PersonPicker } from './people-picker.js';

const POLL_MS = 700;

interface DialogProps {
  readonly eventId: string;
  readonly board: TimetableBoardView;
  readonly close: () => void;
}

/** A change after publication: what happened, then what it costs, then accepting it. */
export function LateDialog({ eventId, board, close }: DialogProps) {
  const { t } = useTranslation('meetings');
  const [id, setId] = useState<string | null>(null);
  const giveUp = () => {
    // The next preview replaces it anyway; nobody waits for the answer.
    if (id !== null) void api.delete(`/organizer/late-changes/${id}`, done).catch(() => undefined);
  };
  return (
    <Modal
      open
      title={t('late.title')}
      width={680}
      footer={null}
      onCancel={() => {
        giveUp();
        close();
      }}
      destroyOnHidden
    >
      {/* Kept while the cost is shown, so that going back finds what was entered. */}
      <div hidden={id !== null}>
        <ChangeForm eventId={eventId} board={board} asked={setId} />
      </div>
      {id !== null && (
        <Cost
          key={id}
          id={id}
          eventId={eventId}
          close={close}
          back={() => {
            giveUp();
            setId(null);
          }}
        />
      )}
    </Modal>
  );
}

interface Values {
  kind: LateChangeBody['kind'];
  meetingId?: string;
  meetingIds?: string[];
  personId?: string;
  startsAt?: string;
  endsAt?: string;
  reason?: string;
}

function ChangeForm({
  eventId,
  board,
  asked,
}: {
  readonly eventId: string;
  readonly board: TimetableBoardView;
  readonly asked: (id: string) => void;
}) {
  const { t } = useTranslation('meetings');
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'cancel-meeting';
  const ask = useMutation({
    mutationFn: (values: Values) => api.post(`/organizer/events/${eventId}/late-changes`, created, values),
    onSuccess: ({ id }) => asked(id),
  });
  const kinds = (['cancel-meeting', 'cancel-person', 'away', 'add'] as const).map((value) => ({
    value,
    label: t(`late.kinds.${value}`),
  }));
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ kind: 'cancel-meeting' }}
      onFinish={(values) => ask.mutate(values)}
    >
      <p style={{ color: '#6b7685' }}>{t('late.hint')}</p>
      {ask.error !== null && (
        <Alert type="error" title={ask.error.message} showIcon style={{ marginBottom: 12 }} />
      )}
      <Form.Item name="kind" label={t('late.kind')}>
        <Select options={kinds} data-testid="late-kind" />
      </Form.Item>
      <KindFields kind={kind} eventId={eventId} board={board} />
      <Button type="primary" htmlType="submit" loading={ask.isPending} data-testid="late-look">
        {t('late.look')}
      </Button>
    </Form>
  );
}

function KindFields({
  kind,
  eventId,
  board,
}: {
  readonly kind: Values['kind'];
  readonly eventId: string;
  readonly board: TimetableBoardView;
}) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const needed = [{ required: true, message: t('shell:required') }];
  const scheduled = board.meetings.filter((meeting) => meeting.status === 'scheduled');
  const waiting = board.meetings.filter((meeting) => meeting.status === 'requested');
  const search = { optionFilterProp: 'label' } as const;
  if (kind === 'add')
    return (
      <Form.Item
        name="meetingIds"
        label={t('late.meetings')}
        rules={needed}
        {...(waiting.length === 0 ? { extra: t('late.noRequested') } : {})}
      >
        <Select
          mode="multiple"
          showSearch={search}
          options={waiting.map((meeting) => ({ value: meeting.id, label: words.pair(meeting) }))}
          data-testid="late-meetings"
        />
      </Form.Item>
    );
  return (
    <>
      {kind === 'cancel-meeting' ? (
        <Form.Item name="meetingId" label={t('late.meeting')} rules={needed}>
          <Select
            showSearch={search}
            options={scheduled.map((meeting) => ({
              value: meeting.id,
              label: `${format.time(meeting.published?.startsAt ?? '')} ${words.pair(meeting)}`,
            }))}
            data-testid="late-meeting"
          />
        </Form.Item>
      ) : (
        <Form.Item name="personId" label={t('late.person')} rules={needed}>
          <PersonPicker eventId={eventId} testId="late-person" />
        </Form.Item>
      )}
      {kind === 'away' ? (
        <div className="settings-row">
          {(['startsAt', 'endsAt'] as const).map((name) => (
            <Form.Item
              key={name}
              name={name}
              label={t(name === 'startsAt' ? 'late.from' : 'late.until')}
              rules={needed}
            >
              <Select
                options={board.slots.map((slot) => ({ value: slot[name], label: format.time(slot[name]) }))}
                data-testid={`late-${name}`}
              />
            </Form.Item>
          ))}
        </div>
      ) : (
        <Form.Item
          name="reason"
          label={t('late.reason')}
          rules={[{ required: true, whitespace: true, message: t('shell:required') }]}
        >
          <Input maxLength={500} data-testid="late-reason" />
        </Form.Item>
      )}
    </>
  );
}

interface CostProps {
  readonly id: string;
  readonly eventId: string;
  readonly close: () => void;
  readonly back: () => void;
}

function Cost({ id, eventId, close, back }: CostProps) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['late-change', id],
    queryFn: () => api.get(`/organizer/late-changes/${id}`, lateChangePreview),
    refetchInterval: ({ state }) => (state.data?.status === 'computing' ? POLL_MS : false),
  });
  const apply = useMutation({
    mutationFn: () => api.post(`/organizer/late-changes/${id}/apply`, lateChangeReport),
    onSuccess: async ({ messages }) => {
      notice.done(t('late.done', { count: messages }));
      close();
      await client.invalidateQueries({ queryKey: ['timetable', eventId] });
    },
    onError: async (error) => {
      notice.failed(error);
      await client.invalidateQueries({ queryKey: ['late-change', id] });
    },
  });
  const preview = query.data;
  const people = preview?.messages.length ?? 0;
  return (
    <div className="stack" data-testid="late-cost">
      {query.error !== null && <Alert type="error" title={query.error.message} showIcon />}
      {(query.isPending || preview?.status === 'computing') && (
        <Flex gap={8} align="center">
          <Spin size="small" /> {t('late.computing')}
        </Flex>
      )}
      {(preview?.status === 'failed' || preview?.status === 'outdated') && (
        <Alert type="warning" title={t(`late.${preview.status}`)} showIcon />
      )}
      {preview?.status === 'ready' && <LateCost preview={preview} />}
      <Flex wrap gap={8}>
        {preview?.status === 'ready' && (
          <Button
            type="primary"
            loading={apply.isPending}
            onClick={() => apply.mutate()}
            data-testid="late-apply"
          >
            {people === 0 ? t('late.applyQuiet') : t('late.apply', { count: people })}
          </Button>
        )}
        <Button onClick={back} data-testid="late-back">
          {t('late.back')}
        </Button>
      </Flex>
    </div>
  );
}
