import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { useNotice } from './use-notice.js';

/**
 * Asks before what was typed is lost: on another page of the platform, and by closing or reloading the window.
 * `unsaved` is asked at that moment; only one guard at a time. With `save` the window's last moment is used for it.
 */
export function useLeaveGuard(unsaved: () => boolean, save?: () => unknown): void {
  const { t } = useTranslation();
  const notice = useNotice();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      save === undefined && currentLocation.pathname !== nextLocation.pathname && unsaved(),
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    notice.ask({
      title: t('leaveAsk'),
      text: t('leaveText'),
      danger: true,
      action: () => blocker.proceed(),
      onBack: () => blocker.reset(),
    });
  }, [blocker, notice, t]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!unsaved()) return;
      event.preventDefault();
      save?.();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved, save]);
}
