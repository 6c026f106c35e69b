import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CollectReport } from '#libs/contracts/meetings/meetings.js';

/** What became of the mutual interests: how many meetings, and why others were skipped. */
export function CollectDialog({
  report,
  close,
}: {
  readonly report: CollectReport | null;
  readonly close: () => void;
}) {
  const { t } = useTranslation('meetings');
  return (
    <Modal
      open={report !== null}
      title={t('collect.title')}
      onOk={close}
      onCancel={close}
      cancelButtonProps={{ style: { display: 'none' } }}
      destroyOnHidden
    >
      {report !== null && (
        <div data-testid="collect-report">
          <p>
            {t('collect.summary', {
              created: report.created,
              existing: report.existing,
              skipped: report.skipped.length,
            })}
            {report.joined > 0 && <br />}
            {report.joined > 0 && t('collect.joined', { count: report.joined })}
          </p>
          <div style={{ maxHeight: 320, overflowY: 'auto' }}>
            {report.skipped.map((row) => (
              <div key={row.matchId} style={{ padding: '8px 0', borderTop: '1px solid #eef1f5' }}>
                <div>
                  {row.enterprise} – {row.institute}
                </div>
                <small style={{ color: '#6b7685' }}>
                  {row.need} / {row.capability}
                </small>
                <div style={{ color: '#a3520a' }}>{t(`collect.${row.reason}`)}</div>
              </div>
            ))}
          </div>
        </div>
      )}
    </Modal>
  );
}
