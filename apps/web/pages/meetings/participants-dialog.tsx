import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, InputNumber, Modal, Select, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { limitsView, type LimitsView } from '#libs/contracts/meetings/limits.js';
import { absenceView, type AbsenceView } from '#libs/contracts/meetings/schedule.js';
import type { TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { api, queryString } from '../../shell/api.js';
import { useCodes } from '../../shell/codes.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { AwayList } from './away-list.js';
import { PersonPicker, usePeople } from './people-picker.js';
import { SlotChips } from './slot-chips.js';

interface DialogProps {
  readonly eventId: string;
  readonly board: TimetableBoardView;
  readonly close: () => void;
}

/** How many meetings people should have, and when they can have none. */
export function ParticipantsDialog({ eventId, board, close }: DialogProps) {
  const { t } = useTranslation('meetings');
  return (
    <Modal open title={t('limits.title')} onCancel={close} footer={null} width={680} destroyOnHidden>
      <Tabs
        items={[
          { key: 'limits', label: t('limits.tabLimits'), children: <Limits eventId={eventId} /> },
          {
            key: 'away',
            label: t('limits.tabAway'),
            children: <Availability eventId={eventId} board={board} />,
          },
        ]}
      />
    </Modal>
  );
}

type Limit = LimitsView['limits'][number];

function Limits({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation('meetings');
  const query = useQuery({
    queryKey: ['meeting-limits', eventId],
    queryFn: () => api.get(`/organizer/events/${eventId}/meeting-limits`, limitsView),
  });
  return (
    <>
      <p style={{ color: '#6b7685' }}>{t('limits.hint')}</p>
      <Loaded query={query}>
        {({ limits }) => <LimitRows key={JSON.stringify(limits)} eventId={eventId} saved={limits} />}
      </Loaded>
    </>
  );
}

const keyOf = (limit: Limit): string =>
  limit.personId ?? limit.organisationId ?? `kind:${limit.organisationKind ?? ''}`;

function LimitRows({ eventId, saved }: { readonly eventId: string; readonly saved: readonly Limit[] }) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const notice = useNotice();
  const client = useQueryClient();
  const codes = useCodes();
  const [limits, setLimits] = useState(saved);
  const wrong = limits.some(({ min, max }) => min !== null && max !== null && min > max);
  const save = useMutation({
    mutationFn: () =>
      api.put(`/organizer/events/${eventId}/meeting-limits`, limitsView, {
        limits: limits
          .filter(({ min, max }) => min !== null || max !== null)
          .map(({ name: _name, ...limit }) => limit),
      }),
    onSuccess: (view) => {
      client.setQueryData(['meeting-limits', eventId], view);
      notice.done(shell('saved'));
    },
    onError: (error) => notice.failed(error),
  });
  const set = (at: number, change: Partial<Limit>) =>
    setLimits(limits.map((limit, index) => (index === at ? { ...limit, ...change } : limit)));
  return (
    <div className="stack">
      {limits.length === 0 && <span style={{ color: '#6b7685' }}>{t('limits.none')}</span>}
      {limits.map((limit, at) => (
        <div key={keyOf(limit)} className="limit-row">
          <span>
            {limit.name ?? codes.label('organisation-kind', limit.organisationKind)}
            {limit.personId === null &&
              t('shell:brackets', {
                text: t(limit.organisationId === null ? 'limits.kind' : 'limits.organisation'),
              })}
          </span>
          {(['min', 'max'] as const).map((bound) => (
            <InputNumber
              key={bound}
              prefix={t(`limits.${bound}`)}
              style={{ width: '100%' }}
              aria-label={t(`limits.${bound}`)}
              min={0}
              max={200}
              precision={0}
              value={limit[bound]}
              onChange={(value) => set(at, { [bound]: value })}
              data-testid={`limit-${bound}`}
            />
          ))}
          <Button
            aria-label={shell('remove')}
            icon={<DeleteOutlined />}
            onClick={() => setLimits(limits.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <AddLimit eventId={eventId} taken={limits.map(keyOf)} add={(limit) => setLimits([...limits, limit])} />
      {wrong && <Alert type="error" title={t('limits.wrong')} showIcon />}
      <div>
        <Button
          type="primary"
          disabled={wrong || limits === saved}
          loading={save.isPending}
          onClick={() => save.mutate()}
          data-testid="save-limits"
        >
          {shell('save')}
        </Button>
      </div>
    </div>
  );
}

interface AddProps {
  readonly eventId: string;
  readonly taken: readonly string[];
  readonly add: (limit: Limit) => void;
}

/** Kinds of organisations first, then organisations and people that are found. */
function AddLimit({ eventId, taken, add }: AddProps) {
  const { t } = useTranslation('meetings');
  const codes = useCodes();
  const { rows, type } = usePeople(eventId);
  const [typed, setTyped] = useState('');
  const nobody = {
    personId: null,
    organisationId: null,
    organisationKind: null,
    name: null,
    min: null,
    max: null,
  };
  const choices = [
    ...codes.options('organisation-kind').map(({ value, label }) => ({
      label: `${label}${t('shell:brackets', { text: t('limits.kind') })}`,
      limit: { ...nobody, organisationKind: value },
    })),
    ...[...new Map(rows.map((row) => [row.organisationId, row.organisation]))].map(([id, name]) => ({
      label: `${name}${t('shell:brackets', { text: t('limits.organisation') })}`,
      limit: { ...nobody, organisationId: id, name },
    })),
    ...rows.map((row) => ({
      label: `${row.organisation} · ${row.name}`,
      limit: { ...nobody, personId: row.personId, name: row.name },
    })),
  ].filter(({ label, limit }) => !taken.includes(keyOf(limit)) && (typed === '' || label.includes(typed)));
  return (
    <Select
      value={null}
      prefix={<PlusOutlined />}
      placeholder={`${t('limits.add')}${t('shell:colon')}${t('limits.whoPick')}`}
      showSearch={{
        filterOption: false,
        onSearch: (text) => {
          setTyped(text.trim());
          type(text);
        },
      }}
      options={choices.map(({ label, limit }) => ({ value: keyOf(limit), label }))}
      onChange={(key: string | null) => {
        const choice = choices.find(({ limit }) => keyOf(limit) === key);
        if (choice !== undefined) add(choice.limit);
      }}
      data-testid="add-limit"
    />
  );
}

function Availability({ eventId, board }: Omit<DialogProps, 'close'>) {
  const { t } = useTranslation('meetings');
  const [personId, setPerson] = useState<string>();
  const query = useQuery({
    queryKey: ['absences', eventId, personId],
    queryFn: () => api.get(`/events/${eventId}/absences${queryString({ personId })}`, absenceView),
    enabled: personId !== undefined,
  });
  return (
    <div className="stack">
      <p style={{ color: '#6b7685' }}>{t('limits.awayHint')}</p>
      <PersonPicker
        eventId={eventId}
        testId="away-person"
        {...(personId === undefined ? {} : { value: personId })}
        onChange={setPerson}
      />
      {personId !== undefined &&
        (query.data === undefined ? (
          <Skeleton active />
        ) : (
          <AwaySlots key={JSON.stringify(query.data)} eventId={eventId} view={query.data} />
        ))}
      <AwayList board={board} choose={setPerson} />
    </div>
  );
}

function AwaySlots({ eventId, view }: { readonly eventId: string; readonly view: AbsenceView }) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const notice = useNotice();
  const client = useQueryClient();
  const [spans, setSpans] = useState<AbsenceView['spans']>(view.spans);
  const save = useMutation({
    mutationFn: () => api.put(`/events/${eventId}/absences`, absenceView, { personId: view.personId, spans }),
    onSuccess: async (next) => {
      client.setQueryData(['absences', eventId, view.personId], next);
      notice.done(shell('saved'));
      await client.invalidateQueries({ queryKey: ['timetable', eventId] });
    },
    onError: (error) => notice.failed(error),
  });
  return (
    <div className="stack">
      <SlotChips slots={view.slots} spans={spans} change={setSpans} />
      {view.meetingsHit > 0 && (
        <Alert type="warning" title={t('absence.hit', { count: view.meetingsHit })} showIcon />
      )}
      <div>
        <Button
          type="primary"
          disabled={spans === view.spans}
          loading={save.isPending}
          onClick={() => save.mutate()}
          data-testid="save-away"
        >
          {shell('save')}
        </Button>
      </div>
    </div>
  );
}
