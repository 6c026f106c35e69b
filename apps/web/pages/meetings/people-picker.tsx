import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meetingPeoplePage, type MeetingGuestView } from '#libs/contracts/meetings/meetings.js';
import { api, queryString } from '../../shell/api.js';

interface PickerProps {
  readonly eventId: string;
  readonly testId: string;
  readonly id?: string;
}

interface ManyProps extends PickerProps {
  /** Those chosen as loaded, so that their names show before anything is searched. */
  readonly known: readonly MeetingGuestView[];
  readonly value?: string[];
  readonly onChange?: (ids: string[]) => void;
}

/** Chooses people who are registered at an event. Form.Item hands id, value and onChange through. */
export function PeoplePicker({ eventId, known, testId, id, value, onChange }: ManyProps) {
  const { t } = useTranslation('meetings');
  const search = usePeople(eventId);
  const before = known.map((one) => ({ value: one.personId, label: `${one.organisation} · ${one.person}` }));
  const found = search.options.filter((option) => !before.some((one) => one.value === option.value));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      value={value ?? []}
      onChange={(ids: string[]) => onChange?.(ids)}
      showSearch={{ filterOption: false, onSearch: search.type }}
      placeholder={t('settings.guestsPick')}
      options={[...before, ...found]}
      data-testid={testId}
    />
  );
}

interface OneProps extends PickerProps {
  readonly value?: string;
  readonly onChange?: (id: string) => void;
}

/** One of them. */
export function PersonPicker({ eventId, testId, id, value, onChange }: OneProps) {
  const { t } = useTranslation('meetings');
  const search = usePeople(eventId);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      style={{ width: '100%' }}
      onChange={(next: string) => onChange?.(next)}
      showSearch={{ filterOption: false, onSearch: search.type }}
      placeholder={t('add.pick')}
      options={search.options}
      data-testid={testId}
    />
  );
}

/** People at an event whose name or organisation contains what is typed. */
export function usePeople(eventId: string) {
  const [typed, type] = useState('');
  const q = useDeferredValue(typed.trim());
  const people = useQuery({
    queryKey: ['meeting-people', eventId, 'all', q],
    queryFn: () =>
      api.get(
        `/organizer/events/${eventId}/meeting-people${queryString({ q, pageSize: 50 })}`,
        meetingPeoplePage,
      ),
    placeholderData: keepPreviousData,
  });
  const rows = people.data?.rows ?? [];
  return {
    rows,
    options: rows.map((row) => ({ value: row.personId, label: `${row.organisation} · ${row.name}` })),
    type,
  };
}
