import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckInResult } from '#libs/contracts/registrations/check-in.js';
import { useFormat } from '../../shell/format.js';

export type Outcome =
  | { readonly result: CheckInResult }
  | {
      readonly problem: string;
      /** Checks in all the same, for a reason; null when nobody here may. */
      readonly override: ((note: string) => void) | null;
    };

const LOOKS = {
  done: { background: '#e6f7ec', color: '#0f7a3a', icon: <CheckCircleFilled /> },
  already: { background: '#fff6e0', color: '#9a6200', icon: <InfoCircleFilled /> },
  failed: { background: '#fdeaea', color: '#b3261e', icon: <CloseCircleFilled /> },
} as const satisfies Record<string, { background: string; color: string; icon: ReactNode }>;

/** What the last scan came to, readable at arm's length. */
export function CheckInBanner({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const kind = 'problem' in outcome ? 'failed' : outcome.result.already ? 'already' : 'done';
  const { background, color, icon } = LOOKS[kind];
  return (
    <div
      role="status"
      data-testid="check-in-result"
      data-kind={kind}
      style={{ background, borderRadius: 8, padding: 16, marginBottom: 12, textAlign: 'center' }}
    >
      <div style={{ color, fontSize: 22, fontWeight: 600 }}>
        {icon} {t(`checkIn.${kind}`)}
      </div>
      {'problem' in outcome ? (
        <>
          <div style={{ fontSize: 16, marginTop: 6 }}>{outcome.problem}</div>
          {outcome.override !== null && <Override go={outcome.override} />}
        </>
      ) : (
        <>
          <div style={{ fontSize: 28, fontWeight: 700, overflowWrap: 'anywhere' }}>{outcome.result.name}</div>
          <div>
            {[outcome.result.organisation, t('checkIn.heads', { count: outcome.result.headCount })]
              .filter((part) => part !== null)
              .join(' · ')}
          </div>
          {outcome.result.already && (
            <div>{t('checkIn.alreadyAt', { at: format.instant(outcome.result.at) })}</div>
          )}
        </>
      )}
    </div>
  );
}

/** Outside the event's hours an organizer goes on with a reason, which the audit log keeps. */
function Override({ go }: { go: (note: string) => void }) {
  const { t } = useTranslation('registrations');
  return (
    <Input.Search
      style={{ marginTop: 12 }}
      maxLength={300}
      placeholder={t('checkIn.overrideNote')}
      aria-label={t('checkIn.overrideNote')}
      enterButton={t('checkIn.override')}
      onSearch={(note) => {
        if (note.trim() !== '') go(note.trim());
      }}
      data-testid="check-in-override"
    />
  );
}
