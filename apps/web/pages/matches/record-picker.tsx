import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { capabilityPage } from '#libs/contracts/market/capability.js';
import { needPage } from '#libs/contracts/market/need.js';
import { api, queryString } from '../../shell/api.js';

export type Side = 'need' | 'capability';

interface Props {
  readonly side: Side;
  /** Kind of the records to choose from; all kinds without it. */
  readonly recordKind?: string | undefined;
  readonly value?: string | null;
  readonly onChange?: (id: string | null) => void;
  readonly id?: string;
}

/** Chooses a need or capability by words of its title. Form.Item hands id, value and onChange through. */
export function RecordPicker({ side, recordKind, value, onChange, id }: Props) {
  const { t } = useTranslation('matches');
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const query = useQuery({
    queryKey: ['record-picker', side, recordKind, q],
    queryFn: () =>
      api.get(
        `/${side === 'need' ? 'needs' : 'capabilities'}${queryString({ q, recordKind, pageSize: 20 })}`,
        side === 'need' ? needPage : capabilityPage,
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      value={value ?? null}
      placeholder={t(`picker.${side}`)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={(query.data?.rows ?? []).map((row) => ({
        value: row.id,
        label: [row.title, row.organisationName].filter(Boolean).join(' · '),
      }))}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
      notFoundContent={query.isError ? query.error.message : t('picker.none')}
      loading={query.isFetching}
      style={{ width: '100%' }}
      data-testid={`pick-${side}`}
    />
  );
}
