import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { offerView, type OfferView } from '#libs/contracts/registrations/registration.js';
import { api, queryString } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { EventLine, useEventTitle } from './pieces.js';

/** Where the links of an offer's mail lead. Opening it changes nothing; a button does. */
export default function OfferPage() {
  const id = useParams()['id']!;
  const token = useSearchParams()[0].get('s') ?? '';
  const query = useQuery({
    queryKey: ['offer', id, token],
    queryFn: () => api.get(`/offers/${id}${queryString({ s: token })}`, offerView),
  });
  return (
    <div style={{ maxWidth: 640, margin: '0 auto' }}>
      <Loaded query={query}>
        {(offer) => <Offer offer={offer} token={token} reload={() => void query.refetch()} />}
      </Loaded>
    </div>
  );
}

function Offer({ offer, token, reload }: { offer: OfferView; token: string; reload: () => void }) {
  const { t } = useTranslation('registrations');
  const title = useEventTitle()(offer.event);
  return (
    <>
      <PageHead title={t('offer.title')} />
      <Card title={title} styles={{ title: { whiteSpace: 'normal' }, header: { paddingBlock: 12 } }}>
        <EventLine event={offer.event} />
        {offer.state === 'open' ? (
          <OpenOffer offer={offer} token={token} reload={reload} />
        ) : (
          <Answered offer={offer} />
        )}
      </Card>
    </>
  );
}

function OpenOffer({ offer, token, reload }: { offer: OfferView; token: string; reload: () => void }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const notice = useNotice();
  const declining = useSearchParams()[0].get('answer') === 'decline';
  const answer = useMutation({
    mutationFn: (kind: 'accept' | 'decline') =>
      api.post(`/offers/${offer.registrationId}/${kind}`, offerView, { s: token }),
    onError: (error) => notice.failed(error),
    onSettled: reload,
  });
  return (
    <>
      <p style={{ fontSize: 16 }}>
        {t('offer.open', {
          size: offer.groupSize,
          until: offer.expiresAt === null ? '' : format.instant(offer.expiresAt),
        })}
      </p>
      <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap' }}>
        <Button
          type={declining ? 'default' : 'primary'}
          size="large"
          loading={answer.isPending && answer.variables === 'accept'}
          onClick={() => answer.mutate('accept')}
          data-testid="offer-accept"
        >
          {t('offer.accept')}
        </Button>
        <Button
          type={declining ? 'primary' : 'default'}
          danger={declining}
          size="large"
          loading={answer.isPending && answer.variables === 'decline'}
          onClick={() => answer.mutate('decline')}
          data-testid="offer-decline"
        >
          {t('offer.decline')}
        </Button>
      </div>
    </>
  );
}

function Answered({ offer }: { offer: OfferView }) {
  const { t } = useTranslation('registrations');
  const accepted = offer.state === 'accepted';
  const [to, label] = nextStep(offer);
  return (
    <Result
      status={accepted ? 'success' : 'info'}
      title={t(`offer.${offer.state}`)}
      subTitle={t(`offer.${offer.state}Hint`)}
      extra={
        <Link to={to}>
          <Button type={accepted ? 'primary' : 'default'}>{t(label)}</Button>
        </Link>
      }
    />
  );
}

function nextStep({ state, registrationId, event }: OfferView) {
  if (state === 'accepted') return [`/registrations/${registrationId}`, 'offer.ticket'] as const;
  if (state === 'event-cancelled') return ['/events', 'offer.otherEvents'] as const;
  return [`/events/${event.id}/register`, 'offer.registerAgain'] as const;
}
