import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CollectReport } from '#libs/contracts/meetings/meetings.js';
import { useMeetingWords } from './meeting-words.js';

interface DialogProps {
  readonly report: CollectReport | null;
  /** Makes also those that go beyond a maximum. */
  readonly goBeyond: () => void;
  readonly loading: boolean;
  readonly close: () => void;
}

/** What became of the mutual interests: how many meetings, and why others were skipped. */
export function CollectDialog({ report, goBeyond, loading, close }: DialogProps) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  return (
    <Modal
      open={report !== null}
      title={t('collect.title')}
      onCancel={close}
      footer={
        <>
          {report !== null && report.beyondMaxima > 0 && (
            <Button danger loading={loading} onClick={goBeyond} data-testid="collect-beyond">
              {t('collect.beyond', { count: report.beyondMaxima })}
            </Button>
          )}
          <Button type="primary" onClick={close}>
            {t('collect.close')}
          </Button>
        </>
      }
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
                <div style={{ color: '#a3520a' }}>
                  {t(`collect.${row.reason}`, {
                    who: row.full === null ? '' : words.full(row.full),
                    max: row.full?.max ?? 0,
                  })}
                </div>
              </div>
            ))}
          </div>
        </div>
      )}
    </Modal>
  );
}
