import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Form, Tabs } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { organizerEventView, type OrganizerEventView } from '#libs/contracts/events/event-editing.js';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useLeaveGuard } from '../../shell/use-leave-guard.js';
import { AgendaForm } from './agenda-form.js';
import { BasicsForm } from './basics-form.js';
import { EventLinks } from './event-links.js';
import { StateTag, useEventWords } from './event-words.js';
import { PlaceForm } from './place-form.js';
import { RegistrationForm } from './registration-form.js';
import { SlotsForm } from './slots-form.js';
import { StateBar } from './state-bar.js';
import './events.css';

const BASICS = [
  'title',
  'titleEn',
  'kind',
  'programmeId',
  'editionNo',
  'startsAt',
  'endsAt',
  'hostId',
  'tags',
  'intro',
] as const;
const REGISTRATION = [
  'capacity',
  'groupMax',
  'registrationOpensAt',
  'registrationClosesAt',
  'approvalRequired',
  'offerHours',
  'questions',
] as const;
const SLOTS = ['slotMinutes', 'slotsStartAt', 'slotsEndAt', 'roomChangeMinutes'] as const;

export default function EventEditorPage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['organizer-event', id],
    queryFn: () => api.get(`/organizer/events/${id}`, organizerEventView),
  });
  return <Loaded query={query}>{(event) => <Editor event={event} />}</Loaded>;
}

function Editor({ event }: { event: OrganizerEventView }) {
  const { t } = useTranslation('events');
  const words = useEventWords();
  // A form starts anew when the server changes its own fields (moving an event moves its agenda and slots, too);
  // what is typed in the others stays.
  const state = (...fields: (keyof OrganizerEventView)[]) =>
    JSON.stringify(fields.map((field) => event[field]));
  const unsaved = useUnsavedForms(event.updatedAt);
  useLeaveGuard(unsaved.any);
  const hint = [
    event.programme === null ? null : words.programme(event.programme),
    words.edition(event),
    t('seatsLine', { taken: event.seatsTaken, all: event.capacity }),
  ];
  return (
    <>
      <PageHead
        title={words.title(event)}
        hint={
          <>
            {event.isTemplate ? t('template') : <StateTag state={event.state} />}{' '}
            {hint.filter(Boolean).join(' · ')}
          </>
        }
        actions={<StateBar event={event} />}
      />
      <EventLinks eventId={event.id} />
      {event.missing.length > 0 && (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('missing')}
          description={
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {event.missing.map((rule) => (
                <li key={rule}>{t(`rule.${rule}`)}</li>
              ))}
            </ul>
          }
        />
      )}
      {(event.state === 'archived' || event.state === 'cancelled') && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('closedNotice')}
          description={event.stateNote}
        />
      )}
      <Card>
        <Form.Provider onFormChange={unsaved.changed} onFormFinish={unsaved.finished}>
          <Tabs
            items={[
              {
                key: 'basics',
                label: t('tab.basics'),
                children: <BasicsForm key={state(...BASICS)} event={event} />,
              },
              {
                key: 'place',
                label: t('tab.place'),
                children: <PlaceForm key={state('venue', 'onlineUrl')} event={event} />,
              },
              {
                key: 'agenda',
                label: t('tab.agenda'),
                children: <AgendaForm key={state('agenda')} event={event} />,
              },
              {
                key: 'registration',
                label: t('tab.registration'),
                children: <RegistrationForm key={state(...REGISTRATION)} event={event} />,
              },
              {
                key: 'slots',
                label: t('tab.slots'),
                children: <SlotsForm key={state(...SLOTS)} event={event} />,
              },
            ]}
          />
        </Form.Provider>
      </Card>
    </>
  );
}

/** Which of the page's forms hold something that was not saved; a finished form counts as saved with the new version. */
function useUnsavedForms(version: string) {
  const forms = useRef(new Set<string>());
  const finished = useRef<{ name: string; version: string } | null>(null);
  useEffect(() => {
    if (finished.current === null || finished.current.version === version) return;
    forms.current.delete(finished.current.name);
    finished.current = null;
  }, [version]);
  return {
    any: useCallback(() => forms.current.size > 0, []),
    changed: (name: string) => {
      if (name !== '') forms.current.add(name);
    },
    finished: (name: string) => {
      finished.current = { name, version };
    },
  };
}
