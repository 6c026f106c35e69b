import { CalendarOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type {
  EventBrief,
  RegistrationRow,
  RegistrationStatusCode,
} from '#libs/contracts/registrations/registration.js';
import { useFormat } from '../../shell/format.js';

const COLORS: Record<RegistrationStatusCode, string> = {
  pending: 'gold',
  confirmed: 'green',
  waitlisted: 'blue',
  offered: 'volcano',
  rejected: 'red',
  cancelled: 'default',
  expired: 'default',
};

export function StatusTag({ status }: { status: RegistrationStatusCode }) {
  const { t } = useTranslation('registrations');
  return (
    <Tag color={COLORS[status]} data-testid="registration-status" data-status={status}>
      {t(`status.${status}`)}
    </Tag>
  );
}

/** What the status means and what to do, in a sentence. */
export function useExplanation(): (
  row: Pick<RegistrationRow, 'status' | 'position' | 'offerExpiresAt' | 'expiredBecause'>,
) => string {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  return ({ status, position, offerExpiresAt, expiredBecause }) =>
    t(`explain.${expiredBecause ?? status}`, {
      position: position ?? '',
      until: offerExpiresAt === null ? '' : format.instant(offerExpiresAt),
    });
}

export function useEventTitle(): (event: EventBrief) => string {
  const english = useTranslation().i18n.language === 'en';
  return (event) => (english ? (event.titleEn ?? event.title) : event.title);
}

export const placeOf = (event: EventBrief): string =>
  [event.venue, event.address].filter((part) => part !== null && part !== '').join(' · ');

/** When and where, in one quiet line. */
export function EventLine({ event }: { event: EventBrief }) {
  const format = useFormat();
  const place = placeOf(event);
  return (
    <span
      style={{
        color: '#6b7685',
        display: 'inline-flex',
        flexWrap: 'wrap',
        justifyContent: 'inherit',
        gap: '2px 14px',
      }}
    >
      <span>
        <CalendarOutlined /> {format.range(event.startsAt, event.endsAt)}
      </span>
      {place !== '' && (
        <span>
          <EnvironmentOutlined /> {place}
        </span>
      )}
    </span>
  );
}
