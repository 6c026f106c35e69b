import { useQuery } from '@tanstack/react-query';
import { PrinterOutlined } from '@ant-design/icons';
import { Button, Card, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { myTimetable, type MyTimetable } from '#libs/contracts/meetings/schedule.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { AbsencesCard } from './absences-card.js';
import { CancelDialog } from './cancel-dialog.js';
import { FreedSlots } from './freed-slots.js';
import { useMeetingWords } from './meeting-words.js';
import './meetings.css';
import { OutcomeButtons } from './outcome-buttons.js';
import { PrintOwner } from './print-owner.js';
import { RequestsCard } from './requests-card.js';
import { isTheDay, useLive } from './use-live.js';

/** /events/:id/schedule: one's own meetings at an event, and when one can have none. */
export default function EventSchedulePage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['my-timetable', id],
    queryFn: () => api.get(`/events/${id}/timetable`, myTimetable),
  });
  return (
    <Loaded query={query}>
      {({ event, meetings }) => (
        <>
          <PageHead
            title={words.title(event)}
            hint={`${format.range(event.startsAt, event.endsAt)} ${event.venue ?? ''}`}
            actions={
              <Space wrap className="no-print">
                <Link to={`/events/${id}`}>{t('schedule.detail')}</Link>
                <Button icon={<PrinterOutlined />} onClick={() => print()} data-testid="print-mine">
                  {t('schedule.print')}
                </Button>
              </Space>
            }
          />
          <PrintOwner />
          <div className="stack" style={{ gap: 16 }}>
            <LiveWatch event={event} />
            <FreedSlots eventId={id} />
            <Card size="small" title={t('mine.title')}>
              {meetings.length === 0 ? (
                <EmptyState text={t('mine.empty')} />
              ) : (
                meetings.map((row) => <Row key={row.id} row={row} />)
              )}
            </Card>
            <RequestsCard eventId={id} />
            <div className="no-print">
              <AbsencesCard event={event} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

/** On the day the page follows what happens. */
function LiveWatch({ event }: { readonly event: MyTimetable['event'] }) {
  useLive(event.id, ['my-timetable', 'meeting-requests'], isTheDay(event));
  return null;
}

function Row({ row }: { readonly row: MyTimetable['meetings'][number] }) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const words = useMeetingWords();
  const [cancelling, setCancelling] = useState(false);
  const { startsAt, endsAt, table, room, status } = row;
  return (
    <div className="schedule-row">
      <div className="schedule-time">
        {startsAt === null || endsAt === null
          ? t('mine.pending')
          : `${format.time(startsAt)}–${format.time(endsAt)}`}
      </div>
      <div>
        <Link to={`/meetings/${row.id}`}>{words.who(row.counterpart, row.counterpartPerson)}</Link>{' '}
        {!['scheduled', 'held', 'no_show'].includes(status) && <Tag>{t(`status.${status}`)}</Tag>}
        <p>{[room, table === null ? null : words.table(table)].filter(Boolean).join(' · ')}</p>
        {row.guests.length > 0 && <p>{words.guests(row.guests)}</p>}
        {words.topics(row).map((topic, index) => (
          <p key={index}>{topic}</p>
        ))}
      </div>
      <Space className="no-print" size={8} align="start" wrap>
        <OutcomeButtons id={row.id} status={status} startsAt={startsAt} />
        {row.canCancel && (
          <Button size="small" danger onClick={() => setCancelling(true)} data-testid="cancel-mine">
            {t('mine.cancel')}
          </Button>
        )}
      </Space>
      {cancelling && <CancelDialog id={row.id} close={() => setCancelling(false)} />}
    </div>
  );
}
