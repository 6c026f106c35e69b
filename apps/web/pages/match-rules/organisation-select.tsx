import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { organisationPage } from '#libs/contracts/organisations/organisation.js';
import { api, queryString } from '../../shell/api.js';

export interface ChosenOrganisation {
  readonly value: string;
  readonly label: string;
}

/** Finds an organisation by name while one types; the page's own organisation is left out. */
export function OrganisationSelect({
  without,
  value,
  onChange,
  label,
}: {
  without: string;
  value: ChosenOrganisation | null;
  onChange: (value: ChosenOrganisation | null) => void;
  label: string;
}) {
  const { t } = useTranslation('match-rules');
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = useQuery({
    queryKey: ['organisation-names', q],
    queryFn: () => api.get(`/organisations${queryString({ q, pageSize: 20 })}`, organisationPage),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      showSearch={{ onSearch: setTyped, filterOption: false }}
      allowClear
      labelInValue
      value={value}
      style={{ width: '100%' }}
      placeholder={t('block.search')}
      aria-label={label}
      loading={query.isFetching}
      notFoundContent={query.isFetching ? null : t('block.notFound')}
      options={(query.data?.rows ?? [])
        .filter((row) => row.id !== without)
        .map((row) => ({ value: row.id, label: row.name }))}
      onChange={(chosen: ChosenOrganisation | undefined) => onChange(chosen ?? null)}
      data-testid="organisation-select"
    />
  );
}
