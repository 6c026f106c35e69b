import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EventRow, EventStateView, RegistrationDoorView } from '#libs/contracts/events/event-views.js';

const STATE_COLORS: Record<EventStateView, string> = {
  draft: 'default',
  published: 'processing',
  registration_closed: 'warning',
  held: 'success',
  archived: 'default',
  cancelled: 'error',
};
const DOOR_COLORS: Record<RegistrationDoorView, string> = {
  open: 'processing',
  waiting_list: 'warning',
  not_open: 'default',
  closed: 'default',
};

export function StateTag({ state }: { state: EventStateView }) {
  const { t } = useTranslation('events');
  return <Tag color={STATE_COLORS[state]}>{t(`state.${state}`)}</Tag>;
}

/** What matters to somebody who looks for an event: can I register, or what became of it? */
export function DoorTag({ event }: { event: Pick<EventRow, 'state' | 'door'> }) {
  const { t } = useTranslation('events');
  if (event.state !== 'published') return <StateTag state={event.state} />;
  return <Tag color={DOOR_COLORS[event.door]}>{t(`door.${event.door}`)}</Tag>;
}

/** Titles and edition lines in the reader's language. */
export function useEventWords() {
  const { t, i18n } = useTranslation('events');
  const english = i18n.language === 'en';
  return {
    title: (event: { title: string; titleEn: string | null }) =>
      english && event.titleEn ? event.titleEn : event.title,
    programme: (programme: { name: string; nameEn: string | null }) =>
      english && programme.nameEn ? programme.nameEn : programme.name,
    /** Forums are counted in 届, every other series in 期. */
    edition: ({ editionNo, kind }: Pick<EventRow, 'editionNo' | 'kind'>) =>
      editionNo === null ? '' : t(kind === 'forum' ? 'editionOfForum' : 'edition', { count: editionNo }),
    place: (event: Pick<EventRow, 'venue' | 'online'>) =>
      [event.venue?.name, ...(event.online ? [t('online')] : [])].filter(Boolean).join(' · ') ||
      t('placeOpen'),
  };
}
