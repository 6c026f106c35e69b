import { PrinterOutlined, WarningOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, DatePicker, Space, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { mySchedule, type ScheduleEntry } from '#libs/contracts/meetings/schedule.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useMeetingWords } from './meeting-words.js';
import { PrintOwner } from './print-owner.js';
import './meetings.css';

const DAY = 'YYYY-MM-DD';

/** /my/schedule: events and meetings by day, to look at and to print. */
export default function SchedulePage() {
  const { t } = useTranslation('meetings');
  const [range, setRange] = useState<{ from?: string; to?: string }>({});
  const query = useQuery({
    queryKey: ['schedule', range],
    queryFn: () => api.get(`/my/schedule${queryString(range)}`, mySchedule),
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  return (
    <>
      <PageHead
        title={t('schedule.title')}
        hint={t('schedule.hint')}
        actions={
          <Space wrap className="no-print">
            <DatePicker.RangePicker
              aria-label={t('schedule.range')}
              allowClear
              value={data === undefined ? null : [dayjs(data.from), dayjs(data.to)]}
              onChange={(days) => {
                const [from, to] = days ?? [];
                setRange(from && to ? { from: from.format(DAY), to: to.format(DAY) } : {});
              }}
            />
            <Button icon={<PrinterOutlined />} onClick={() => print()} data-testid="print-schedule">
              {t('schedule.print')}
            </Button>
          </Space>
        }
      />
      <PrintOwner />
      <Loaded query={query}>{({ entries }) => <Days entries={entries} />}</Loaded>
    </>
  );
}

function Days({ entries }: { readonly entries: readonly ScheduleEntry[] }) {
  const { t } = useTranslation('meetings');
  const { i18n } = useTranslation();
  const format = useFormat();
  if (entries.length === 0) {
    return (
      <EmptyState
        text={t('schedule.empty')}
        action={
          <Link to="/events">
            <Button type="primary">{t('schedule.find')}</Button>
          </Link>
        }
      />
    );
  }
  const days = [...new Set(entries.map((entry) => format.day(entry.startsAt)))];
  const word = (day: string) =>
    dayjs(day)
      .locale(i18n.language === 'en' ? 'en' : 'zh-cn')
      .format(i18n.language === 'en' ? 'dddd, D MMMM YYYY' : 'YYYY年M月D日 dddd');
  return (
    <div className="stack" style={{ gap: 16 }}>
      {days.map((day) => (
        <Card key={day} title={word(day)} size="small">
          {entries
            .filter((entry) => format.day(entry.startsAt) === day)
            .map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
        </Card>
      ))}
    </div>
  );
}

function Entry({ entry }: { readonly entry: ScheduleEntry }) {
  const { t } = useTranslation('meetings');
  const format = useFormat();
  const words = useMeetingWords();
  const title = words.title(entry);
  const isMeeting = entry.kind === 'meeting';
  const place = [
    entry.venue,
    entry.address,
    entry.room,
    entry.table === null ? null : words.table(entry.table),
  ];
  const until = format.day(entry.startsAt) === format.day(entry.endsAt) ? '' : `${format.day(entry.endsAt)} `;
  return (
    <div className="schedule-row" data-testid="schedule-entry">
      <div className={until === '' ? 'schedule-time' : 'schedule-time over-days'}>
        {format.time(entry.startsAt)}–{until}
        {format.time(entry.endsAt)}
      </div>
      <div>
        <Tag color={isMeeting ? 'blue' : 'default'}>
          {t(isMeeting ? 'schedule.meeting' : 'schedule.event')}
        </Tag>{' '}
        <strong>{isMeeting ? words.who(entry.counterpart, entry.counterpartPerson) : title}</strong>
        <p>{[isMeeting ? title : null, ...place].filter(Boolean).join(' · ')}</p>
        {entry.conflicts.length > 0 && (
          <p style={{ color: '#b42318' }} data-testid="schedule-conflict">
            <WarningOutlined /> {t('schedule.conflict', { titles: entry.conflicts.join(t('shell:comma')) })}
          </p>
        )}
      </div>
      <Space className="no-print" size={12} wrap>
        {isMeeting ? (
          <Link to={`/meetings/${entry.id}`}>{t('schedule.detail')}</Link>
        ) : (
          <>
            {entry.registrationId !== null && (
              <Link to={`/registrations/${entry.registrationId}`}>{t('schedule.ticket')}</Link>
            )}
            {entry.oneToOne && <Link to={`/events/${entry.eventId}/schedule`}>{t('schedule.mine')}</Link>}
          </>
        )}
      </Space>
    </div>
  );
}
