import { useQuery } from '@tanstack/react-query';
import { Button, Input, Pagination, Progress, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { participantPage, type ParticipantPage } from '#libs/contracts/registrations/organizer.js';
import {
  registrationStatus,
  type RegistrationStatusCode,
} from '#libs/contracts/registrations/registration.js';
import { api, queryString } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { EventLinks } from '../events/event-links.js';
import { AddParticipant } from './add-participant.js';
import { BulkActions } from './bulk-actions.js';
import { ParticipantList } from './participant-list.js';
import { EventLine, useEventTitle } from './pieces.js';

type Tab = RegistrationStatusCode | 'all';
const PAGE_SIZE = 50;

export default function ParticipantsPage() {
  const id = useParams()['id']!;
  const [tab, setTab] = useState<Tab>('all');
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const filter = { q, status: tab === 'all' ? [] : [tab] };
  const path = `/organizer/events/${id}/registrations`;
  const query = useQuery({
    queryKey: ['participants', id, tab, q, page],
    queryFn: () =>
      api.get(`${path}${queryString({ ...filter, page, pageSize: PAGE_SIZE })}`, participantPage),
    placeholderData: (previous) => previous,
  });
  const first = (change: () => void) => {
    change();
    setPage(1);
  };
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <Head data={data} exportPath={`/api${path}.xlsx${queryString(filter)}`} />
          <StatusTabs data={data} tab={tab} onChange={(next) => first(() => setTab(next))} />
          <SearchBox onSearch={(text) => first(() => setQ(text.trim()))} />
          <Selection key={`${tab} ${page}`} data={data} />
          <Pagination
            style={{ marginTop: 16 }}
            hideOnSinglePage
            current={page}
            pageSize={PAGE_SIZE}
            total={data.total}
            showSizeChanger={false}
            onChange={setPage}
          />
        </>
      )}
    </Loaded>
  );
}

function Head({ data, exportPath }: { data: ParticipantPage; exportPath: string }) {
  const { t } = useTranslation('registrations');
  const title = useEventTitle()(data.event);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead
        title={t('organizer.titleOf', { title })}
        hint={<EventLine event={data.event} />}
        actions={
          <>
            <Button href={exportPath} data-testid="participants-export">
              {t('shell:export')}
            </Button>
            <Button type="primary" onClick={() => setAdding(true)} data-testid="participant-add">
              {t('organizer.add')}
            </Button>
          </>
        }
      />
      <EventLinks eventId={data.event.id} />
      <div style={{ maxWidth: 360, marginBottom: 8 }}>
        {t('organizer.seats', { taken: data.seatsTaken, capacity: data.capacity })}
        <Progress
          percent={data.capacity === 0 ? 0 : Math.round((100 * data.seatsTaken) / data.capacity)}
          size="small"
        />
      </div>
      {adding && <AddParticipant event={data.event} close={() => setAdding(false)} />}
    </>
  );
}

function StatusTabs({
  data,
  tab,
  onChange,
}: {
  data: ParticipantPage;
  tab: Tab;
  onChange: (tab: Tab) => void;
}) {
  const { t } = useTranslation('registrations');
  const total = Object.values(data.counts).reduce((sum, count) => sum + count, 0);
  const items = [
    { key: 'all', label: `${t('shell:all')} ${total}` },
    ...registrationStatus.options.map((status) => ({
      key: status,
      label: `${t(`status.${status}`)} ${data.counts[status]}`,
    })),
  ];
  return <Tabs items={items} activeKey={tab} onChange={(key) => onChange(key as Tab)} />;
}

function SearchBox({ onSearch }: { onSearch: (text: string) => void }) {
  const { t } = useTranslation('registrations');
  return (
    <div className="filters">
      <Input.Search
        allowClear
        placeholder={t('organizer.search')}
        onSearch={onSearch}
        style={{ width: 340 }}
        data-testid="participants-search"
      />
    </div>
  );
}

function Selection({ data }: { data: ParticipantPage }) {
  const { t } = useTranslation('registrations');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (data.rows.length === 0) return <EmptyState text={t('organizer.none')} />;
  const here = chosen.filter((id) => data.rows.some((row) => row.id === id));
  return (
    <>
      <BulkActions eventId={data.event.id} rows={data.rows} chosen={here} clear={() => setChosen([])} />
      <ParticipantList data={data} chosen={here} choose={setChosen} />
    </>
  );
}
