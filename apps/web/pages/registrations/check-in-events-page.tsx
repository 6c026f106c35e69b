import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { eventPage, type EventRow } from '#libs/contracts/events/event-views.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useEventWords } from '../events/event-words.js';

type Time = 'upcoming' | 'past';

/** /organizer/check-in: everybody on the staff finds the event whose door they keep. */
export default function CheckInEventsPage() {
  const { t } = useTranslation('registrations');
  const [time, setTime] = useState<Time>('upcoming');
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['events', 'check-in', time, page],
    queryFn: () => api.get(`/events${queryString({ time, page })}`, eventPage),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t('checkIn.title')} hint={t('checkIn.choose')} />
      <div className="filters">
        <Segmented<Time>
          value={time}
          onChange={(next) => {
            setTime(next);
            setPage(1);
          }}
          options={[
            { value: 'upcoming', label: t('checkIn.coming') },
            { value: 'past', label: t('checkIn.past') },
          ]}
        />
      </div>
      <Loaded query={query}>
        {(data) => (
          <PagedList data={data} empty={<EmptyState text={t('checkIn.noEvents')} />} onPage={setPage}>
            {(event) => event.state !== 'cancelled' && <Door key={event.id} event={event} />}
          </PagedList>
        )}
      </Loaded>
    </>
  );
}

function Door({ event }: { event: EventRow }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const words = useEventWords();
  return (
    <Card size="small">
      <div
        style={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 8,
          alignItems: 'center',
          justifyContent: 'space-between',
        }}
      >
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <strong>{words.title(event)}</strong>
          <div style={{ color: '#6b7685' }}>
            {format.range(event.startsAt, event.endsAt)} · {words.place(event)}
          </div>
        </div>
        <Link to={`/organizer/events/${event.id}/check-in`}>
          <Button type="primary" data-testid="open-check-in">
            {t('checkIn.open')}
          </Button>
        </Link>
      </div>
    </Card>
  );
}
