import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { ticketView, type TicketView } from '#libs/contracts/registrations/registration.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { EventLine, useEventTitle } from './pieces.js';

/** The ticket with its QR code, made to be shown on a phone or printed. */
export function Ticket({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['ticket', id],
    queryFn: () => api.get(`/registrations/${id}/ticket`, ticketView),
  });
  return <Loaded query={query}>{(ticket) => <TicketCard ticket={ticket} />}</Loaded>;
}

function TicketCard({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const title = useEventTitle()(ticket.event);
  const code = `${ticket.ticketCode.slice(0, 5)}-${ticket.ticketCode.slice(5)}`;
  return (
    <Card
      title={t('ticket.title')}
      data-testid="ticket"
      extra={
        <Button className="no-print" onClick={() => window.print()}>
          {t('ticket.print')}
        </Button>
      }
    >
      <div style={{ textAlign: 'center' }}>
        <img
          alt={code}
          src={`data:image/svg+xml;utf8,${encodeURIComponent(ticket.svg)}`}
          style={{ width: '100%', maxWidth: 260, imageRendering: 'pixelated' }}
        />
        <div style={{ fontSize: 20, letterSpacing: 2, fontFamily: 'monospace' }}>{code}</div>
        <p style={{ margin: '12px 0 4px', fontSize: 16, fontWeight: 600 }}>{title}</p>
        <div style={{ justifyContent: 'center' }}>
          <EventLine event={ticket.event} />
        </div>
        <p style={{ margin: '8px 0' }}>
          {[ticket.personName, ticket.organisation, t('people', { count: ticket.groupSize })]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        {ticket.checkedInAt !== null && (
          <Alert type="success" title={t('detail.checkedIn', { at: format.instant(ticket.checkedInAt) })} />
        )}
        <p style={{ color: '#6b7685', margin: '8px 0 0' }}>{t('ticket.hint')}</p>
      </div>
    </Card>
  );
}
