import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Input, Row, Statistic } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import {
  attendeePage,
  checkInResult,
  type Attendance,
  type AttendeePage,
  type CheckInQuery,
} from '#libs/contracts/registrations/check-in.js';
import { api, ApiError, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { isOrganizer, useSession } from '../../shell/session.js';
import { Loaded } from '../../shell/states.js';
import { EventLinks } from '../events/event-links.js';
import { AttendeeList } from './attendee-list.js';
import { CheckInBanner, type Outcome } from './check-in-banner.js';
import { EventLine, useEventTitle } from './pieces.js';
import { Scanner } from './scanner.js';

type Ask = ({ qr: string } | { ticketCode: string } | { registrationId: string; headCount: number }) & {
  overrideNote?: string;
};

/** Others check in at the next door: the counters follow. */
const REFRESH_MS = 5_000;

export default function CheckInPage() {
  const id = useParams()['id']!;
  const [filter, setFilter] = useState<{ q: string; state: CheckInQuery['state']; page: number }>({
    q: '',
    state: 'all',
    page: 1,
  });
  const path = `/organizer/events/${id}/check-ins`;
  const query = useQuery({
    queryKey: ['check-ins', id, filter],
    queryFn: () => api.get(`${path}${queryString({ ...filter, pageSize: 20 })}`, attendeePage),
    placeholderData: (previous) => previous,
    refetchInterval: REFRESH_MS,
  });
  const { outcome, check, busy } = useCheckIn(id);
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <Head data={data} exportPath={`/api${path}.xlsx`} />
          <EventLinks eventId={id} />
          <TooEarly startsAt={data.event.startsAt} />
          <Row gutter={[16, 16]}>
            <Col xs={24} lg={10}>
              <Counters attendance={data.attendance} />
              {outcome !== null && <CheckInBanner outcome={outcome} />}
              <Door check={check} busy={busy} />
            </Col>
            <Col xs={24} lg={14}>
              <AttendeeList
                data={data}
                filter={filter}
                onFilter={setFilter}
                check={(registrationId, headCount) => check({ registrationId, headCount })}
              />
            </Col>
          </Row>
        </>
      )}
    </Loaded>
  );
}

const isOutsideHours = (error: Error): boolean =>
  error instanceof ApiError && ['check-in.too-early', 'check-in.too-late'].includes(error.problem.code);

function useCheckIn(eventId: string): { outcome: Outcome | null; check: (ask: Ask) => void; busy: boolean } {
  const queryClient = useQueryClient();
  const { person } = useSession();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const mutation = useMutation({
    mutationFn: (ask: Ask) => api.post(`/organizer/events/${eventId}/check-ins`, checkInResult, ask),
    onSuccess: (result) => setOutcome({ result }),
    onError: (error, ask) => {
      const canGoOn = isOutsideHours(error) && isOrganizer(person);
      const override = canGoOn ? (overrideNote: string) => mutation.mutate({ ...ask, overrideNote }) : null;
      setOutcome({ problem: error.message, override });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['check-ins', eventId] }),
  });
  return { outcome, check: (ask) => mutation.mutate(ask), busy: mutation.isPending };
}

function Head({ data, exportPath }: { data: AttendeePage; exportPath: string }) {
  const { t } = useTranslation('registrations');
  const title = useEventTitle()(data.event);
  return (
    <PageHead
      title={t('checkIn.titleOf', { title })}
      hint={<EventLine event={data.event} />}
      actions={
        <Button href={exportPath} data-testid="check-in-export">
          {t('checkIn.sheet')}
        </Button>
      }
    />
  );
}

/** Two events of a series look alike: says so when this one is not today's. */
function TooEarly({ startsAt }: { startsAt: string }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const [today] = useState(() => new Date().toISOString());
  if (format.day(startsAt) <= format.day(today)) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('checkIn.tooEarly', { at: format.instant(startsAt) })}
      style={{ marginBottom: 12 }}
    />
  );
}

function Counters({ attendance }: { attendance: Attendance }) {
  const { t } = useTranslation('registrations');
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <div
        style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}
        data-testid="check-in-counters"
      >
        <Statistic title={t('checkIn.present')} value={attendance.checkedInHeads} />
        <Statistic title={t('checkIn.expected')} value={attendance.confirmedHeads} />
        <Statistic title={t('checkIn.noShows')} value={attendance.noShows} />
      </div>
    </Card>
  );
}

/** Camera and typed code. */
function Door({ check, busy }: { check: (ask: Ask) => void; busy: boolean }) {
  const { t } = useTranslation('registrations');
  const [scanning, setScanning] = useState(false);
  const [code, setCode] = useState('');
  const submit = (text: string) => {
    const typed = text.trim();
    if (typed === '') return;
    // Hand-held scanners type the whole content of the code.
    check(typed.startsWith('DJ1.') ? { qr: typed } : { ticketCode: typed });
    setCode('');
  };
  return (
    <Card size="small">
      <Button
        type={scanning ? 'default' : 'primary'}
        size="large"
        block
        onClick={() => setScanning(!scanning)}
        data-testid="check-in-scan"
      >
        {t(scanning ? 'checkIn.stop' : 'checkIn.scan')}
      </Button>
      {scanning && (
        <div style={{ marginTop: 12 }}>
          <Scanner onCode={(qr) => check({ qr })} />
        </div>
      )}
      <Input.Search
        style={{ marginTop: 12 }}
        size="large"
        placeholder={t('checkIn.code')}
        enterButton={t('checkIn.submit')}
        loading={busy}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        onSearch={submit}
        data-testid="check-in-code"
      />
    </Card>
  );
}
