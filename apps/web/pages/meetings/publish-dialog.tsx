import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Modal, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { publishReport, timetableChanges, type Place } from '#libs/contracts/meetings/timetables.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { useMeetingWords } from './meeting-words.js';

const COLORS = { added: 'green', moved: 'blue', removed: 'red' } as const;

/** What publishing would change for whom, and the button that does it. */
export function PublishDialog({
  eventId,
  timetableId,
  close,
}: {
  readonly eventId: string;
  readonly timetableId: string;
  readonly close: () => void;
}) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const notice = useNotice();
  const client = useQueryClient();
  const changes = useQuery({
    queryKey: ['timetable', eventId, 'changes', timetableId],
    queryFn: () => api.get(`/organizer/timetables/${timetableId}/changes`, timetableChanges),
    staleTime: 0,
  });
  const publish = useMutation({
    mutationFn: () => api.post(`/organizer/timetables/${timetableId}/publish`, publishReport),
    onSuccess: async ({ invitations }) => {
      notice.done(t('publish.done', { count: invitations }));
      close();
      await client.invalidateQueries({ queryKey: ['timetable', eventId] });
    },
  });
  const placeWord = (place: Place | null) =>
    place === null ? '' : `${format.range(place.startsAt, place.endsAt)} ${words.table(place.table)}`;
  return (
    <Modal
      open
      width={640}
      title={t('publish.title')}
      okText={t('publish.confirm')}
      okButtonProps={{ 'data-testid': 'confirm-publish', disabled: !changes.isSuccess }}
      confirmLoading={publish.isPending}
      onOk={() => publish.mutate()}
      onCancel={close}
    >
      {publish.error !== null && (
        <Alert type="error" title={publish.error.message} showIcon style={{ marginBottom: 12 }} />
      )}
      <Loaded query={changes}>
        {(view) => (
          <>
            <p data-testid="publish-summary">
              {view.rows.length === 0
                ? t('publish.none')
                : t('publish.summary', { ...view, rows: undefined })}
            </p>
            <div style={{ maxHeight: 360, overflowY: 'auto' }}>
              {view.rows.map((row) => (
                <div key={row.meetingId} style={{ padding: '8px 0', borderTop: '1px solid #eef1f5' }}>
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
          </>
        )}
      </Loaded>
    </Modal>
  );
}
