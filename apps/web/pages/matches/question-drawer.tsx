import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Flex, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matchQuestionView } from '#libs/contracts/matching/match-questions.js';
import { api } from '../../shell/api.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { askKey } from './pair-kinds.js';
import { QuestionAnswer } from './question-answer.js';
import { RecordPicker, type Side } from './record-picker.js';
import './matches.css';

interface Props {
  open: boolean;
  close: () => void;
  subject: { kind: Side; id: string; title: string };
  /** Kind of records to choose the other side from; all without it. */
  otherKind?: string | undefined;
  /** The other record when it is known already; otherwise the reader chooses it. */
  other?: { id: string; title: string } | undefined;
  /** Instead of the usual question. */
  title?: string;
}

/** "Why is X not among the matches?": asked of the engine, answered within seconds. */
export function QuestionDrawer({ open, close, subject, otherKind, other, title }: Props) {
  const { t } = useTranslation('matches');
  return (
    <Drawer
      open={open}
      onClose={close}
      size="min(640px, 100vw)"
      title={title ?? t(askKey(subject.kind, otherKind))}
      destroyOnHidden
    >
      <Question subject={subject} otherKind={otherKind} other={other} />
    </Drawer>
  );
}

function Question({ subject, otherKind, other }: Pick<Props, 'subject' | 'otherKind' | 'other'>) {
  const { t } = useTranslation('matches');
  const notice = useNotice();
  const [otherId, setOtherId] = useState<string | null>(other?.id ?? null);
  const [asked, setAsked] = useState<string | null>(null);
  const side: Side = subject.kind === 'need' ? 'capability' : 'need';
  const ask = useMutation({
    mutationFn: () =>
      api.post(
        '/matches/questions',
        matchQuestionView,
        side === 'capability'
          ? { needId: subject.id, capabilityId: otherId }
          : { needId: otherId, capabilityId: subject.id },
      ),
    onSuccess: (question) => setAsked(question.id),
    onError: notice.failed,
  });
  const { mutate } = ask;
  const isKnown = other !== undefined;
  // With both known there is nothing to choose: the answer is what the drawer was opened for.
  useEffect(() => {
    if (isKnown) mutate();
  }, [isKnown, mutate]);
  return (
    <Flex vertical gap={12}>
      <div>{t(`question.about.${subject.kind}`, { title: subject.title })}</div>
      {other === undefined ? (
        <RecordPicker
          side={side}
          recordKind={otherKind}
          value={otherId}
          onChange={(id) => {
            setOtherId(id);
            setAsked(null);
          }}
        />
      ) : (
        <b>{other.title}</b>
      )}
      <Button
        type="primary"
        disabled={otherId === null}
        loading={ask.isPending}
        onClick={() => ask.mutate()}
        data-testid="question-send"
      >
        {t(asked === null ? 'question.send' : 'question.again')}
      </Button>
      {asked === null ? (
        <div style={{ color: '#6b7685' }}>{t('question.hint')}</div>
      ) : (
        <Answer key={asked} id={asked} />
      )}
    </Flex>
  );
}

const ASK_AGAIN_MS = 1000;

function Answer({ id }: { id: string }) {
  const { t } = useTranslation('matches');
  const query = useQuery({
    queryKey: ['match-question', id],
    queryFn: () => api.get(`/matches/questions/${id}`, matchQuestionView),
    refetchInterval: ({ state }) => (state.data?.status === 'waiting' ? ASK_AGAIN_MS : false),
  });
  return (
    <Loaded query={query}>
      {(question) =>
        question.status === 'failed' ? (
          <Alert type="warning" showIcon title={t('question.failed')} />
        ) : question.answer === null ? (
          <Flex gap={12} align="center" role="status" data-testid="question-waiting">
            <Spin />
            {t('question.waiting')}
          </Flex>
        ) : (
          <QuestionAnswer answer={question.answer} />
        )
      }
    </Loaded>
  );
}
