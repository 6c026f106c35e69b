import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Input, InputNumber, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  attendance,
  type AttendeePage,
  type AttendeeRow,
  type CheckInQuery,
} from '#libs/contracts/registrations/check-in.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { isOrganizer, useSession } from '../../shell/session.js';
import { PagedList } from '../../shell/paged-list.js';
import { EmptyState } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

interface Filter {
  readonly q: string;
  readonly state: CheckInQuery['state'];
  readonly page: number;
}

interface ListProps {
  readonly data: AttendeePage;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly check: (registrationId: string, headCount: number) => void;
}

/** Who is expected: find by name, check in, take back. */
export function AttendeeList({ data, filter, onFilter, check }: ListProps) {
  const { t } = useTranslation('registrations');
  return (
    <>
      <div className="filters">
        <Input.Search
          allowClear
          placeholder={t('checkIn.search')}
          onSearch={(q) => onFilter({ ...filter, q: q.trim(), page: 1 })}
          style={{ width: 280 }}
          data-testid="check-in-search"
        />
        <Segmented<CheckInQuery['state']>
          value={filter.state}
          onChange={(state) => onFilter({ ...filter, state, page: 1 })}
          options={[
            { value: 'all', label: t('checkIn.all') },
            { value: 'absent', label: t('checkIn.onlyAbsent') },
            { value: 'present', label: t('checkIn.onlyPresent') },
          ]}
        />
      </div>
      <PagedList
        data={data}
        empty={<EmptyState text={t('checkIn.none')} />}
        onPage={(page) => onFilter({ ...filter, page })}
      >
        {(row) => <Attendee key={row.registrationId} row={row} eventId={data.event.id} check={check} />}
      </PagedList>
    </>
  );
}

function Attendee({ row, eventId, check }: { row: AttendeeRow; eventId: string; check: ListProps['check'] }) {
  const { t } = useTranslation('registrations');
  const [heads, setHeads] = useState(row.groupSize);
  return (
    <Card size="small" data-testid="attendee">
      <div style={{ display: 'flex', gap: 8, alignItems: 'center', justifyContent: 'space-between' }}>
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <strong>{row.name}</strong>
          <div style={{ color: '#6b7685' }}>
            {[row.organisation, row.phone].filter((part) => part !== null).join(' · ')}
          </div>
        </div>
        {row.checkedInAt === null ? (
          <div style={{ display: 'flex', gap: 8 }}>
            {row.groupSize > 1 && (
              <InputNumber
                aria-label={t('checkIn.headCount')}
                min={1}
                max={row.groupSize}
                precision={0}
                value={heads}
                onChange={(value) => setHeads(value ?? row.groupSize)}
                style={{ width: 70 }}
              />
            )}
            <Button
              type="primary"
              onClick={() => check(row.registrationId, heads)}
              data-testid="attendee-check-in"
            >
              {t('checkIn.submit')}
            </Button>
          </div>
        ) : (
          <Present row={row} eventId={eventId} />
        )}
      </div>
    </Card>
  );
}

function Present({ row, eventId }: { row: AttendeeRow; eventId: string }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const notice = useNotice();
  const { person } = useSession();
  const queryClient = useQueryClient();
  const undo = async () => {
    try {
      await api.post(`/organizer/events/${eventId}/check-ins/${row.registrationId}/undo`, attendance);
      notice.done(t('checkIn.undone'));
    } catch (error) {
      notice.failed(error);
    }
    await queryClient.invalidateQueries({ queryKey: ['check-ins', eventId] });
  };
  return (
    <div style={{ textAlign: 'right' }}>
      <Tag color="green">
        {format.time(row.checkedInAt!)}
        {row.groupSize > 1 && ` · ${t('checkIn.of', { here: row.headCount, all: row.groupSize })}`}
      </Tag>
      {isOrganizer(person) && (
        <Button
          type="link"
          danger
          size="small"
          onClick={() =>
            notice.ask({ title: t('checkIn.undoAsk', { name: row.name }), danger: true, action: undo })
          }
        >
          {t('checkIn.undo')}
        </Button>
      )}
    </div>
  );
}
