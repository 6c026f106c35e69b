import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Modal, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { created } from '#libs/contracts/meetings/meetings.js';
import { restorePreview, type RestorePreview } from '#libs/contracts/meetings/restore.js';
import type { Place } from '#libs/contracts/meetings/timetables.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { AnnouncementTable } from '../messages/announcement.js';
import { useMeetingWords } from './meeting-words.js';

const COLORS = { added: 'green', moved: 'blue', removed: 'red' } as const;

/** What restoring an older version would change and send, and the button that makes it the draft. */
export function RestoreDialog({
  eventId,
  timetableId,
  close,
  restored,
}: {
  readonly eventId: string;
  readonly timetableId: string;
  readonly close: () => void;
  readonly restored: () => void;
}) {
  const { t } = useTranslation('meetings');
  const notice = useNotice();
  const client = useQueryClient();
  const path = `/organizer/timetables/${timetableId}/restore`;
  const preview = useQuery({
    queryKey: ['timetable', eventId, 'restore', timetableId],
    queryFn: () => api.get(path, restorePreview),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const restore = useMutation({
    mutationFn: () => api.post(path, created),
    onSuccess: async () => {
      notice.done(t('restore.done', { version: preview.data?.nextNo ?? '' }));
      restored();
      await client.invalidateQueries({ queryKey: ['timetable', eventId] });
    },
  });
  return (
    <Modal
      open
      width={720}
      title={t('restore.title', { version: preview.data?.versionNo ?? '' })}
      okText={t('restore.confirm')}
      okButtonProps={{ 'data-testid': 'confirm-restore', disabled: !preview.isSuccess }}
      confirmLoading={restore.isPending}
      onOk={() => restore.mutate()}
      onCancel={close}
    >
      {restore.error !== null && (
        <Alert type="error" title={restore.error.message} showIcon style={{ marginBottom: 12 }} />
      )}
      <Loaded query={preview}>{(view) => <Preview view={view} />}</Loaded>
    </Modal>
  );
}

function Preview({ view }: { readonly view: RestorePreview }) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const { changes, dropped, kept, messages, nextNo, replaces } = view;
  const placeWord = (place: Place | null) =>
    place === null ? '' : `${format.range(place.startsAt, place.endsAt)} ${words.table(place.table)}`;
  return (
    <div data-testid="restore-preview">
      <p>
        {t('restore.next', { version: nextNo })}
        {replaces !== null && ` ${t('restore.replaces', { version: replaces })}`}
        {kept > 0 && ` ${t('restore.kept', { count: kept })}`}
      </p>
      {dropped.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={t('restore.dropped', { count: dropped.length })}
          description={
            <ul className="assign-short">
              {dropped.map((row) => (
                <li key={row.meetingId}>
                  {row.name} · {placeWord(row.place)} · {t(`restore.reason.${row.reason}`)}
                </li>
              ))}
            </ul>
          }
        />
      )}
      <strong>{t('restore.changes')}</strong>
      <p>
        {changes.rows.length === 0
          ? t('restore.same')
          : t('compare.summary', { ...changes, rows: undefined })}
      </p>
      <div style={{ maxHeight: 260, overflowY: 'auto', marginBottom: 12 }}>
        {changes.rows.map((row) => (
          <div key={row.meetingId} style={{ padding: '6px 0', borderTop: '1px solid #eef1f5' }}>
            <Tag color={COLORS[row.change]} style={{ marginInlineEnd: 8 }}>
              {t(`publish.${row.change}`)}
            </Tag>
            {words.who(row.enterprise, row.enterprisePerson)} –{' '}
            {words.who(row.institute, row.institutePerson)}
            <div style={{ color: '#6b7685' }}>
              {row.before !== null && <s>{placeWord(row.before)}</s>} {placeWord(row.after)}
            </div>
          </div>
        ))}
      </div>
      <strong>{t('restore.messages')}</strong>
      <div>{messages === null ? t('restore.unpublished') : <AnnouncementTable view={messages} />}</div>
    </div>
  );
}
