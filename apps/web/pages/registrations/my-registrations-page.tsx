import { useQuery } from '@tanstack/react-query';
import { Button, Card, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { registrationPage, type RegistrationRow } from '#libs/contracts/registrations/registration.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventLine, StatusTag, useEventTitle, useExplanation } from './pieces.js';

type When = 'upcoming' | 'past';

export default function MyRegistrationsPage() {
  const { t } = useTranslation('registrations');
  const [when, setWhen] = useState<When>('upcoming');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['my-registrations', when, page],
    queryFn: () => api.get(`/registrations${queryString({ when, page })}`, registrationPage),
  });
  return (
    <>
      <PageHead title={t('mine.title')} />
      <div className="filters">
        <Segmented<When>
          value={when}
          onChange={(next) => {
            setWhen(next);
            setPage(1);
          }}
          options={[
            { value: 'upcoming', label: t('mine.upcoming') },
            { value: 'past', label: t('mine.past') },
          ]}
        />
      </div>
      <Loaded query={query}>
        {(data) => (
          <PagedList
            data={data}
            gap={12}
            onPage={setPage}
            empty={
              <EmptyState
                text={t('mine.none')}
                action={
                  <Link to="/events">
                    <Button type="primary">{t('mine.browse')}</Button>
                  </Link>
                }
              />
            }
          >
            {(row) => <RegistrationCard key={row.id} row={row} />}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}

function RegistrationCard({ row }: { row: RegistrationRow }) {
  const { t } = useTranslation('registrations');
  const title = useEventTitle();
  const explain = useExplanation();
  return (
    <Link to={`/registrations/${row.id}`} data-testid="my-registration">
      <Card hoverable size="small">
        <div style={{ display: 'flex', gap: 8, alignItems: 'start', justifyContent: 'space-between' }}>
          <strong style={{ fontSize: 16, overflowWrap: 'anywhere' }}>{title(row.event)}</strong>
          <StatusTag status={row.status} />
        </div>
        <EventLine event={row.event} />
        <div style={{ marginTop: 6 }}>
          {row.groupSize > 1 && <>{t('people', { count: row.groupSize })} · </>}
          {row.organisation !== null && <>{row.organisation} · </>}
          {explain(row)}
        </div>
      </Card>
    </Link>
  );
}
