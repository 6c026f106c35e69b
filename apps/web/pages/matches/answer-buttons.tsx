import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select, Space, Tag } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matchView, type MatchView } from '#libs/contracts/matching/matches.js';
import { api } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { useNotice } from '../../shell/use-notice.js';
import { keepPlace } from './keep-place.js';

interface Answer {
  answer: MatchView['myAnswer'];
  reason?: string;
  note?: string | null;
}

/** What the reader says of a match, with undo; the contact once both are interested. */
export function AnswerButtons({ match }: { match: MatchView }) {
  const { t } = useTranslation('matches');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const codes = useCodes();
  const [declining, setDeclining] = useState(false);
  const buttons = useRef<HTMLDivElement>(null);
  const answer = useMutation({
    mutationFn: (body: Answer) => api.post(`/matches/${match.id}/answer`, matchView, body),
    onSuccess: async (_match, { answer: said }) => {
      setDeclining(false);
      const goOn = keepPlace(buttons.current);
      notice.done(t(said === 'none' ? 'takenBack' : 'answered'));
      await queryClient.invalidateQueries({ queryKey: ['matches'] });
      await queryClient.invalidateQueries({ queryKey: ['match-subjects'] });
      goOn();
    },
    onError: notice.failed,
  });
  const say = (value: Answer['answer']) => answer.mutate({ answer: value });
  return (
    <Space wrap ref={buttons}>
      {match.myAnswer === 'interested' && <Tag color="blue">{t('youInterested')}</Tag>}
      {match.myAnswer === 'declined' && (
        <Tag>{t('youDeclined', { reason: codes.label('decline-reason', match.myReason) })}</Tag>
      )}
      {match.myAnswer === 'later' && <Tag>{t('youLater')}</Tag>}
      {match.myAnswer !== 'interested' && (
        <Button
          type="primary"
          loading={answer.isPending}
          onClick={() => say('interested')}
          data-testid="answer-interested"
        >
          {t('interested')}
        </Button>
      )}
      {match.myAnswer !== 'declined' && match.mutualAt === null && (
        <Button onClick={() => setDeclining(true)} data-testid="answer-declined">
          {t('declined')}
        </Button>
      )}
      {match.myAnswer === 'none' && <Button onClick={() => say('later')}>{t('later')}</Button>}
      {match.myAnswer !== 'none' && (
        <Button type="link" onClick={() => say('none')} data-testid="take-back">
          {t('takeBack')}
        </Button>
      )}
      <DeclineDialog
        open={declining}
        busy={answer.isPending}
        close={() => setDeclining(false)}
        send={(body) => answer.mutate(body)}
      />
    </Space>
  );
}

function DeclineDialog({
  open,
  busy,
  close,
  send,
}: {
  open: boolean;
  busy: boolean;
  close: () => void;
  send: (answer: Answer) => void;
}) {
  const { t } = useTranslation('matches');
  const codes = useCodes();
  const [form] = Form.useForm<{ reason: string; note?: string }>();
  return (
    <Modal
      open={open}
      title={t('declineTitle')}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={busy}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={({ reason, note }) => send({ answer: 'declined', reason, note: note ?? null })}
      >
        <p>{t('declineHint')}</p>
        <Form.Item
          name="reason"
          label={t('declineReason')}
          rules={[{ required: true, message: t('declineReasonNeeded') }]}
        >
          <Select options={codes.options('decline-reason')} data-testid="decline-reason" />
        </Form.Item>
        <Form.Item name="note" label={t('note')}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}
