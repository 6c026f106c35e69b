import { useTranslation } from 'react-i18next';
import { ownResponseIn, UNKNOWN_WHETHER_SENT } from '#libs/contracts/notifications/own-responses.js';

/** A response in the delivery log: what the platform said itself in the reader's language, all else as it came. */
export function useResponseWords(): (response: string) => string {
  const { t } = useTranslation('notifications');
  return (response) => {
    const own = ownResponseIn(response);
    if (own !== null) return t(`response.${own}`);
    if (!response.startsWith(UNKNOWN_WHETHER_SENT)) return response;
    return t('response.unknownWhetherSent', { answer: response.slice(UNKNOWN_WHETHER_SENT.length) });
  };
}
