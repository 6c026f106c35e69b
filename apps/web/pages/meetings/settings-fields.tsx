import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  meetingChangeReport,
  type MeetingChange,
  type MeetingGuestView,
} from '#libs/contracts/meetings/meetings.js';
import { tableFeature } from '#libs/contracts/meetings/table-features.js';
import type { BoardMeeting } from '#libs/contracts/meetings/timetables.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';
import { PeoplePicker } from './people-picker.js';

export const NO_SETTINGS = { length: 1, features: [], wish: 'like', guestIds: [] } satisfies MeetingChange;

/** What a meeting asks of the timetable: fields of a form whose values are a `MeetingChange`. */
export function SettingsFields({
  eventId,
  known,
}: {
  readonly eventId: string;
  readonly known: readonly MeetingGuestView[];
}) {
  const { t } = useTranslation('meetings');
  return (
    <>
      <div className="settings-row">
        <Form.Item name="length" label={t('settings.length')}>
          <InputNumber<number>
            min={1}
            max={12}
            precision={0}
            style={{ width: '100%' }}
            // It is text at times, whatever its type says, and text has no plural.
            formatter={(value) => t('settings.slots', { count: Number.parseInt(`${value ?? 1}`, 10) })}
            parser={(text) => Number(text?.replace(/\D/g, '') || 1)}
            data-testid="meeting-length"
          />
        </Form.Item>
        <Form.Item name="wish" label={t('settings.wish')}>
          <Segmented
            block
            options={(['like', 'must'] as const).map((value) => ({ value, label: t(`settings.${value}`) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="features" label={t('settings.features')}>
        <Select
          mode="multiple"
          placeholder={t('settings.noFeatures')}
          options={tableFeature.options.map((value) => ({ value, label: t(`feature.${value}`) }))}
          data-testid="meeting-features"
        />
      </Form.Item>
      <Form.Item name="guestIds" label={t('settings.guests')}>
        <PeoplePicker eventId={eventId} known={known} testId="meeting-guests" />
      </Form.Item>
    </>
  );
}

/** The same for a meeting that is there; saved at once, in force with the next timetable. */
export function SettingsForm({
  eventId,
  meeting,
}: {
  readonly eventId: string;
  readonly meeting: BoardMeeting;
}) {
  const { t } = useTranslation('meetings');
  const shell = useTranslation().t;
  const notice = useNotice();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (body: MeetingChange) =>
      api.patch(`/organizer/meetings/${meeting.id}`, meetingChangeReport, body),
    onSuccess: ({ draft }) => notice.done(t(`settings.saved.${draft}`)),
    onSettled: () => client.invalidateQueries({ queryKey: ['timetable', eventId] }),
  });
  const { length, features, wish, guests } = meeting;
  return (
    <Form<MeetingChange>
      layout="vertical"
      initialValues={{ length, features, wish, guestIds: guests.map((one) => one.personId) }}
      onFinish={(body) => save.mutate(body)}
    >
      {save.error !== null && (
        <Alert type="error" title={save.error.message} showIcon style={{ marginBottom: 12 }} />
      )}
      <SettingsFields eventId={eventId} known={guests} />
      <Button htmlType="submit" loading={save.isPending} data-testid="save-settings">
        {shell('save')}
      </Button>
    </Form>
  );
}
