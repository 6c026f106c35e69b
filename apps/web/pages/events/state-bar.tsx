import { Button, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import type {
  EventActionView,
  EventImpact,
  OrganizerEventView,
} from '#libs/contracts/events/event-editing.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { Announcement } from '../messages/announcement.js';
import { CopyEvent } from './copy-event.js';
import { useEventEditing } from './use-event-editing.js';

const anyState = z.object({ state: z.string() });
/** In the order in which the buttons stand; the first is the one to press next. */
const ORDER: readonly EventActionView[] = [
  'publish',
  'hold',
  'archive',
  'close_registration',
  'reopen_registration',
  'cancel',
];

/** Steps of which people may hear. */
const TELLING: ReadonlySet<EventActionView> = new Set(['publish', 'reopen_registration', 'cancel']);

/** Buttons for what can happen to the event now, each with a question that says what it will do. */
export function StateBar({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const notice = useNotice();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<{ action: EventActionView; impact: EventImpact } | null>(null);
  const [copied, setCopied] = useState<'clone' | 'template' | null>(null);
  const ask = async (action: EventActionView) => {
    try {
      setAsked({ action, impact: await editing.impact() });
    } catch (error) {
      notice.failed(error);
    }
  };
  const remove = () =>
    notice.ask({
      title: t('removeAsk', { title: event.title }),
      text: t('shell:irreversible'),
      danger: true,
      action: async () => {
        try {
          await api.delete(`/organizer/events/${event.id}`, done);
          await navigate('/organizer/events');
        } catch (error) {
          notice.failed(error);
        }
      },
    });
  const more = [
    { key: 'clone', label: t(event.isTemplate ? 'useTemplate' : 'clone'), onClick: () => setCopied('clone') },
    ...(event.isTemplate
      ? []
      : [{ key: 'template', label: t('saveTemplate'), onClick: () => setCopied('template') }]),
    ...(event.state === 'draft'
      ? [{ key: 'remove', label: t('shell:remove'), danger: true, onClick: remove }]
      : []),
  ];
  return (
    <>
      {ORDER.filter((action) => event.actions.includes(action)).map((action, index) => (
        <Button
          key={action}
          type={index === 0 && action !== 'cancel' ? 'primary' : 'default'}
          danger={action === 'cancel'}
          onClick={() => void ask(action)}
          data-testid={`action-${action}`}
        >
          {t(`action.${action}`)}
        </Button>
      ))}
      <Dropdown menu={{ items: more }} trigger={['click']}>
        <Button data-testid="event-more">{t('shell:more')}</Button>
      </Dropdown>
      {asked !== null && <AskTransition event={event} asked={asked} close={() => setAsked(null)} />}
      {copied !== null && <CopyEvent event={event} as={copied} close={() => setCopied(null)} />}
    </>
  );
}

function AskTransition({
  event,
  asked: { action, impact },
  close,
}: {
  event: OrganizerEventView;
  asked: { action: EventActionView; impact: EventImpact };
  close: () => void;
}) {
  const { t } = useTranslation('events');
  const editing = useEventEditing(event);
  const [note, setNote] = useState('');
  const go = async () => {
    const body = { action, note: note.trim() === '' ? null : note.trim() };
    if (await editing.run(() => api.post(`/organizer/events/${event.id}/transitions`, anyState, body)))
      close();
  };
  const waiting = impact.waitlisted + impact.pending + impact.offered;
  return (
    <Modal
      open
      title={t(`ask.${action}`)}
      onCancel={close}
      onOk={() => void go()}
      confirmLoading={editing.busy}
      okText={t(`action.${action}`)}
      cancelText={t('shell:back')}
      okButtonProps={{ danger: action === 'cancel', disabled: action === 'cancel' && note.trim() === '' }}
      width={TELLING.has(action) ? 680 : 520}
      destroyOnHidden
    >
      <p>{t(`askHint.${action}`)}</p>
      {action === 'cancel' && (
        <>
          {waiting > 0 && <p>{t('cancelWaiting', { count: waiting })}</p>}
          {impact.meetings > 0 && <p>{t('cancelMeetings', { count: impact.meetings })}</p>}
          <Input.TextArea
            rows={3}
            maxLength={500}
            value={note}
            onChange={(change) => setNote(change.target.value)}
            placeholder={t('cancelReason')}
            data-testid="cancel-note"
          />
        </>
      )}
      {TELLING.has(action) && (
        <Announcement eventId={event.id} body={{ transition: { action, note: '…' } }} />
      )}
    </Modal>
  );
}
