import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { myRequests, type SlotOfferView } from '#libs/contracts/meetings/requests.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { useNotice } from '../../shell/use-notice.js';
import { useMeetingWords } from './meeting-words.js';

const MINUTE = 60_000;

/** Slots that became free just now and wait for the reader's answer; there are minutes for it, so they stand first. */
export function FreedSlots({ eventId }: { readonly eventId: string }) {
  const { data } = useQuery({
    queryKey: ['meeting-requests', eventId],
    queryFn: () => api.get(`/events/${eventId}/meeting-requests`, myRequests),
  });
  const open = data?.offers.filter((offer) => offer.status === 'open') ?? [];
  return open.map((offer) => <FreedSlot key={offer.id} eventId={eventId} offer={offer} />);
}

function FreedSlot({ eventId, offer }: { readonly eventId: string; readonly offer: SlotOfferView }) {
  const { t } = useTranslation('meetings');
  const words = useMeetingWords();
  const format = useFormat();
  const notice = useNotice();
  const client = useQueryClient();
  const minutes = useMinutesUntil(offer.expiresAt);
  const table = words.table(offer.table);
  // Of a slot that had begun, what is left is offered from then on.
  const begun = useMinutesUntil(offer.startsAt) < 0;
  const answer = useMutation({
    mutationFn: (accept: boolean) => api.post(`/slot-offers/${offer.id}/answer`, done, { accept }),
    onSuccess: (_, accept) => {
      if (accept)
        notice.done(
          t(offer.otherAccepted ? (begun ? 'offer.seated' : 'offer.booked') : 'offer.accepted', { table }),
        );
    },
    onError: (error) => notice.failed(error),
    onSettled: () =>
      Promise.all(
        ['meeting-requests', 'my-timetable'].map((name) =>
          client.invalidateQueries({ queryKey: [name, eventId] }),
        ),
      ),
  });
  if (minutes < 0) return null;
  const state = offer.iAccepted ? 'waiting' : offer.otherAccepted ? 'theyAccepted' : 'hint';
  return (
    <Alert
      type={offer.iAccepted ? 'info' : 'success'}
      showIcon
      className="no-print"
      data-testid="slot-offer"
      title={t(begun ? 'offer.title' : 'offer.later', {
        who: words.who(offer.organisation, offer.person),
        table,
        time: format.range(offer.startsAt, offer.endsAt),
        until: format.time(offer.endsAt),
      })}
      description={
        <>
          <p>
            {t(`offer.${state}`)}{' '}
            {begun
              ? t('offer.left', { time: format.time(offer.expiresAt), count: minutes })
              : t('offer.until', { time: format.instant(offer.expiresAt) })}
          </p>
          <Flex wrap gap={8} align="center">
            {!offer.iAccepted && (
              <Button
                type="primary"
                loading={answer.isPending}
                onClick={() => answer.mutate(true)}
                data-testid="accept-offer"
              >
                {t(begun ? 'offer.accept' : 'offer.acceptLater')}
              </Button>
            )}
            <Button
              disabled={answer.isPending}
              onClick={() => answer.mutate(false)}
              data-testid="decline-offer"
            >
              {t(offer.iAccepted ? 'offer.giveUp' : 'offer.decline')}
            </Button>
            <Link to={`/meetings/${offer.meetingId}`}>{t('offer.about')}</Link>
          </Flex>
        </>
      }
    />
  );
}

/** Whole minutes until then, counted down while the page is open; below 0 once it is past. */
function useMinutesUntil(iso: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE / 6);
    return () => clearInterval(timer);
  }, []);
  return Math.floor((Date.parse(iso) - now) / MINUTE);
}
