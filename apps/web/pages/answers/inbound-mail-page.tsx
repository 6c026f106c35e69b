import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { z } from 'zod';
import { calendarAnswer } from '#libs/contracts/notifications/answers.js';
import { inboundMailDetail, type InboundMailDetail } from '#libs/contracts/notifications/inbound.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { OutcomeTag } from './outcome-tag.js';
import { reasonText } from './reason-text.js';

/** /organizer/inbound-mails/:id: one mail that came in. All of its words were written by a stranger: text only. */
export default function InboundMailPage() {
  const { t } = useTranslation('answers');
  const id = useParams()['id']!;
  const query = useQuery({
    queryKey: ['inbound-mail', id],
    queryFn: () => api.get(`/organizer/inbound-mails/${id}`, inboundMailDetail),
  });
  return (
    <Loaded query={query}>
      {(mail) => (
        <>
          <PageHead
            title={mail.subject || t('inbound.noSubject')}
            actions={
              <Link to="/organizer/inbound-mails">
                <Button>{t('inbound.back')}</Button>
              </Link>
            }
          />
          <MailCard mail={mail} reload={() => void query.refetch()} />
        </>
      )}
    </Loaded>
  );
}

/** What the calendar part said, a line per event or occurrence. */
function statedText(mail: InboundMailDetail, t: TFunction): string {
  const read = z.array(z.object({ stated: statedView.optional() })).safeParse(mail.detail['statements']);
  const lines = (read.data ?? []).flatMap(({ stated }) =>
    stated === undefined
      ? []
      : [
          [
            answerWord(stated.partstat, t),
            stated.attendee,
            t('inbound.revision', { n: stated.sequence }),
            stated.comment,
          ]
            .filter(Boolean)
            .join(' · '),
        ],
  );
  return lines.join('\n');
}

const statedView = z.object({
  partstat: z.string().nullable(),
  attendee: z.string().nullable(),
  sequence: z.number(),
  comment: z.string(),
});

function answerWord(partstat: string | null, t: TFunction): string {
  const known = calendarAnswer.safeParse(partstat);
  return known.success ? t(`answer.${known.data}`) : (partstat ?? t('answer.none'));
}

function MailCard({ mail, reload }: { readonly mail: InboundMailDetail; readonly reload: () => void }) {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const from = [mail.fromName, mail.fromAddress].filter(Boolean).join(' · ');
  const facts: [string, string][] = [
    [t('inbound.from'), from || t('inbound.unknown')],
    [t('inbound.at'), format.instant(mail.receivedAt)],
    [t('inbound.source'), t(`sources.${mail.source}`)],
    [t('inbound.event'), mail.event?.title ?? ''],
    [t('inbound.attendee'), mail.attendee ?? ''],
    [t('inbound.reason'), reasonText(mail.reason, t)],
    [t('inbound.text'), mail.text],
    [t('inbound.statements'), statedText(mail, t)],
  ];
  const items = facts
    .filter(([, value]) => value !== '')
    .map(([label, value]) => ({
      key: label,
      label,
      children: <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</span>,
    }));
  return (
    <Card title={<OutcomeTag outcome={mail.outcome} />}>
      <Descriptions column={1} size="small" items={items} />
      {mail.settlement !== null && <p>{t(`inbound.settled.${mail.settlement}`)}</p>}
      {mail.outcome === 'quarantine' && mail.settlement === null && <Settle mail={mail} reload={reload} />}
    </Card>
  );
}

function Settle({ mail, reload }: { readonly mail: InboundMailDetail; readonly reload: () => void }) {
  const { t } = useTranslation('answers');
  const notice = useNotice();
  const settle = useMutation({
    mutationFn: (kind: 'apply' | 'dismiss') => api.post(`/organizer/inbound-mails/${mail.id}/${kind}`, done),
    onSuccess: (_done, kind) => notice.done(t(kind === 'apply' ? 'inbound.applied' : 'inbound.dismissed')),
    onError: (error) => notice.failed(error),
    onSettled: reload,
  });
  const apply = () =>
    notice.ask({
      title: t('inbound.applyTitle', { name: mail.attendee ?? '' }),
      text: t('inbound.applyText'),
      action: () => settle.mutateAsync('apply'),
    });
  return (
    <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', marginTop: 16 }}>
      {mail.attendee !== null && (
        <Button type="primary" loading={settle.isPending} onClick={apply} data-testid="apply-mail">
          {t('inbound.apply')}
        </Button>
      )}
      <Button loading={settle.isPending} onClick={() => settle.mutate('dismiss')} data-testid="dismiss-mail">
        {t('inbound.dismiss')}
      </Button>
    </div>
  );
}
