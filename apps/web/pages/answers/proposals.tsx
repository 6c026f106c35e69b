import { useMutation } from '@tanstack/react-query';
import { Button, Card, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { announcementView } from '#libs/contracts/notifications/announcement.js';
import type { ProposalView } from '#libs/contracts/notifications/answers.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { AnnouncementTable } from '../messages/announcement.js';

interface Props {
  readonly eventId: string;
  readonly proposals: readonly ProposalView[];
  readonly reload: () => void;
}

/** Times that attendees proposed from their calendars, the open ones first. */
export function Proposals({ eventId, proposals, reload }: Props) {
  const { t } = useTranslation('answers');
  if (proposals.length === 0) return null;
  return (
    <Card title={t('event.proposals')} data-testid="proposals">
      <div style={{ display: 'grid', gap: 12 }}>
        {proposals.map((proposal) => (
          <Proposal key={proposal.id} eventId={eventId} proposal={proposal} reload={reload} />
        ))}
      </div>
    </Card>
  );
}

function Proposal({
  eventId,
  proposal,
  reload,
}: Pick<Props, 'eventId' | 'reload'> & { readonly proposal: ProposalView }) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const when = format.range(proposal.startsAt, proposal.endsAt);
  const who = proposal.organisation === null ? proposal.name : `${proposal.name} · ${proposal.organisation}`;
  return (
    <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', alignItems: 'center' }}>
      <div style={{ flex: '1 1 320px', minWidth: 0 }}>
        <strong>{who}</strong>{' '}
        {proposal.meetingId !== null && (
          <Link to={`/meetings/${proposal.meetingId}`}>
            <Tag>{t('event.meeting')}</Tag>
          </Link>
        )}
        <Tag color={proposal.status === 'open' ? 'gold' : 'default'}>
          {t(`event.status.${proposal.status}`)}
        </Tag>
        <div>{t('event.proposed', { when })}</div>
        <small>
          {t('event.now', { when: format.range(proposal.currentStartsAt, proposal.currentEndsAt) })}
        </small>
        {proposal.taken && <div>{t('event.isPlan')}</div>}
        {proposal.comment !== '' && <div style={{ whiteSpace: 'pre-wrap' }}>{proposal.comment}</div>}
      </div>
      {proposal.status === 'open' && (
        <ProposalActions eventId={eventId} proposal={proposal} when={when} reload={reload} />
      )}
    </div>
  );
}

interface ActionsProps {
  readonly eventId: string;
  readonly proposal: ProposalView;
  readonly when: string;
  readonly reload: () => void;
}

const SAID = { accept: 'event.taken', decline: 'event.declined', close: 'event.closed' } as const;

function ProposalActions({ eventId, proposal, when, reload }: ActionsProps) {
  const { t } = useTranslation('answers');
  const notice = useNotice();
  const [note, setNote] = useState<string | null>(null);
  const settle = useMutation({
    mutationFn: (kind: 'accept' | 'decline' | 'close') =>
      api.post(
        `/organizer/proposals/${proposal.id}/${kind}`,
        done,
        kind === 'decline' ? { note: note ?? '' } : undefined,
      ),
    onSuccess: (_done, kind) => notice.done(t(SAID[kind])),
    onError: (error) => notice.failed(error),
    onSettled: () => {
      setNote(null);
      reload();
    },
  });
  const look = useMutation({
    mutationFn: () => api.post(`/organizer/proposals/${proposal.id}/announcement`, announcementView),
    onSuccess: (view) =>
      notice.ask({
        title: t('event.takeTitle', { when }),
        text: (
          <>
            <p>{t('event.takeText')}</p>
            <AnnouncementTable view={view} />
          </>
        ),
        width: 680,
        action: () => settle.mutateAsync('accept'),
      }),
    onError: (error) => {
      notice.failed(error);
      reload();
    },
  });
  return (
    <>
      {proposal.movable && (
        <Button
          type="primary"
          loading={settle.isPending || look.isPending}
          onClick={() => look.mutate()}
          data-testid="accept-proposal"
        >
          {t('event.take')}
        </Button>
      )}
      {proposal.kind === 'meeting' && !proposal.taken && (
        <Link to={`/organizer/events/${eventId}/timetable`}>{t('event.onTimetable')}</Link>
      )}
      {proposal.taken ? (
        <Button
          loading={settle.isPending}
          onClick={() => settle.mutate('close')}
          data-testid="close-proposal"
        >
          {t('event.close')}
        </Button>
      ) : (
        <Button loading={settle.isPending} onClick={() => setNote('')} data-testid="decline-proposal">
          {t('event.decline')}
        </Button>
      )}
      <Modal
        open={note !== null}
        title={t('event.declineTitle')}
        okText={t('event.decline')}
        onCancel={() => setNote(null)}
        onOk={() => settle.mutate('decline')}
        confirmLoading={settle.isPending}
      >
        <Input.TextArea
          value={note ?? ''}
          onChange={(change) => setNote(change.target.value)}
          placeholder={t('event.declineNote')}
          maxLength={1000}
          autoSize={{ minRows: 3 }}
        />
      </Modal>
    </>
  );
}
