import { Button, Collapse, Flex, Form, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardMeeting, TimetableBoardView } from '#libs/contracts/meetings/timetables.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { useMeetingWords } from './meeting-words.js';
import { OutcomeButtons } from './outcome-buttons.js';
import { SettingsForm } from './settings-fields.js';
import type { BoardActions } from './use-timetable.js';

interface MoveProps {
  readonly meeting: BoardMeeting;
  readonly board: TimetableBoardView;
  /** Only drafts are edited. */
  readonly editable: boolean;
  readonly actions: BoardActions;
  readonly close: () => void;
}

/** One meeting of the board: move, swap, lock, take out, remove. */
export function MoveDialog({ meeting, board, editable, actions, close }: MoveProps) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const planned = meeting.status === 'requested' || meeting.status === 'scheduled';
  return (
    <Modal open title={words.pair(meeting)} onCancel={close} footer={null} destroyOnHidden>
      <p style={{ color: '#6b7685' }}>
        {meeting.enterprise.person} · {meeting.institute.person}
        {meeting.guests.length > 0 && (
          <>
            <br />
            {words.guests(meeting.guests)}
          </>
        )}
      </p>
      {words.topics(meeting).map((topic, index) => (
        <p key={index} data-testid="topic">
          {topic}
        </p>
      ))}
      {meeting.unplaced !== null && <p style={{ color: '#a3520a' }}>{words.reason(meeting.unplaced)}</p>}
      <div style={{ marginBottom: 12 }}>
        <OutcomeButtons
          id={meeting.id}
          status={meeting.status}
          startsAt={meeting.published?.startsAt ?? null}
        />
      </div>
      {planned && (meeting.place !== null || meeting.locked) && (
        <Flex gap={8} align="center" style={{ marginBottom: 16 }}>
          <Switch
            checked={meeting.locked}
            loading={actions.lock.isPending}
            onChange={(locked) => actions.lock.mutate({ id: meeting.id, locked })}
            data-testid="lock-meeting"
          />
          {t('move.lock')}
        </Flex>
      )}
      {editable && planned && !meeting.locked && (
        <PlaceForm meeting={meeting} board={board} actions={actions} close={close} />
      )}
      {planned && (
        <Collapse
          size="small"
          style={{ marginTop: 16 }}
          items={[
            {
              key: 'settings',
              label: t('settings.title'),
              children: (
                <SettingsForm
                  key={JSON.stringify(meeting.guests)}
                  eventId={board.event.id}
                  meeting={meeting}
                />
              ),
            },
          ]}
        />
      )}
      <Footer meeting={meeting} editable={editable} actions={actions} close={close} />
    </Modal>
  );
}

function PlaceForm({ meeting, board, actions, close }: Omit<MoveProps, 'editable'>) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const format = useFormat();
  const words = useMeetingWords();
  const [startsAt, setStart] = useState(meeting.place?.startsAt);
  const [tableId, setTable] = useState(meeting.place?.tableId);
  const [otherId, setOther] = useState<string>();
  const others = board.meetings.filter(
    (other) => other.place !== null && !other.locked && other.id !== meeting.id,
  );
  const save = () => {
    const onSuccess = close;
    if (otherId !== undefined) actions.swap.mutate({ meetingId: meeting.id, otherId }, { onSuccess });
    else if (startsAt !== undefined && tableId !== undefined) {
      actions.move.mutate({ meetingId: meeting.id, to: { startsAt, tableId } }, { onSuccess });
    }
  };
  return (
    <Form layout="vertical" onFinish={save}>
      <Form.Item label={t('move.slot')}>
        <Select
          value={startsAt}
          onChange={setStart}
          disabled={otherId !== undefined}
          options={board.slots.map((slot, index) => {
            const last = board.slots[index + meeting.length - 1];
            return {
              value: slot.startsAt,
              label: `${format.time(slot.startsAt)}–${format.time((last ?? slot).endsAt)}`,
              disabled: last === undefined,
            };
          })}
          data-testid="move-slot"
        />
      </Form.Item>
      <Form.Item label={t('move.table')}>
        <Select
          value={tableId}
          onChange={setTable}
          disabled={otherId !== undefined}
          options={board.tables.map((table) => ({
            value: table.id,
            label: [words.table(table.label), table.room, ...table.features.map((one) => t(`feature.${one}`))]
              .filter(Boolean)
              .join(' · '),
          }))}
          data-testid="move-table"
        />
      </Form.Item>
      {meeting.place !== null && (
        <Form.Item label={t('move.swap')}>
          <Select
            allowClear
            value={otherId}
            onChange={setOther}
            placeholder={t('move.swapPick')}
            showSearch={{ optionFilterProp: 'label' }}
            options={others.map((other) => ({
              value: other.id,
              label: `${format.time(other.place!.startsAt)} ${words.table(other.place!.table)} ${words.pair(other)}`,
            }))}
          />
        </Form.Item>
      )}
      <Flex wrap gap={8}>
        <Button
          type="primary"
          htmlType="submit"
          loading={actions.move.isPending || actions.swap.isPending}
          data-testid="save-place"
        >
          {shell('save')}
        </Button>
        {meeting.place !== null && (
          <Button
            onClick={() => actions.move.mutate({ meetingId: meeting.id, to: null }, { onSuccess: close })}
            data-testid="take-out"
          >
            {t('move.takeOut')}
          </Button>
        )}
      </Flex>
    </Form>
  );
}

function Footer({ meeting, editable, actions, close }: Omit<MoveProps, 'board'>) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const notice = useNotice();
  const remove = () =>
    notice.ask({
      title: t('move.removeAsk', { name: words.pair(meeting) }),
      danger: true,
      action: () => actions.remove.mutate(meeting.id, { onSuccess: close }),
    });
  return (
    <Flex wrap gap={8} align="center" style={{ marginTop: 16 }}>
      <Link to={`/meetings/${meeting.id}`}>
        <Button>{t('move.open')}</Button>
      </Link>
      {meeting.status === 'requested' && (
        <Button danger onClick={remove} data-testid="remove-meeting">
          {t('move.remove')}
        </Button>
      )}
      {!editable && <small style={{ color: '#6b7685' }}>{t('board.needDraft')}</small>}
    </Flex>
  );
}
