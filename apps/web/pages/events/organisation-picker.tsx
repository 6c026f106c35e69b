import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { organisationPage } from '#libs/contracts/organisations/organisation.js';
import { api, queryString } from '../../shell/api.js';

interface Props {
  /** The organisation of the record as loaded, so that its name shows before anything is searched. */
  readonly known: { readonly id: string; readonly name: string } | null;
  readonly testId: string;
  readonly placeholder?: string;
  readonly id?: string;
  readonly value?: string | null;
  readonly onChange?: (id: string | null) => void;
}

/** Chooses a verified organisation by its name. Form.Item hands id, value and onChange through. */
export function OrganisationPicker({ known, testId, placeholder, id, value, onChange }: Props) {
  const { t } = useTranslation('events');
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const query = useQuery({
    queryKey: ['organisations', 'picker', q],
    queryFn: () =>
      api.get(`/organisations${queryString({ q, status: 'verified', pageSize: 20 })}`, organisationPage),
    placeholderData: keepPreviousData,
  });
  const found = (query.data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }));
  const missing = known !== null && q === '' && !found.some((option) => option.value === known.id);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      value={value ?? null}
      placeholder={placeholder ?? t('organisationHint')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={missing ? [{ value: known.id, label: known.name }, ...found] : found}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
      notFoundContent={t('noOrganisation')}
      loading={query.isFetching}
      data-testid={testId}
    />
  );
}
