import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Descriptions, Flex, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { matchContact, type MatchContact, type MatchView } from '#libs/contracts/matching/matches.js';
import { dealView } from '#libs/contracts/results/deal.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

/** What both sides can do once they are interested: read the other's contact, and open the deal or go to it. */
export function MutualActions({ match }: { match: MatchView }) {
  const { t } = useTranslation('matches');
  if (match.mutualAt === null && match.deal === null) return null;
  return (
    <Flex gap={8} wrap align="center" data-testid="mutual-actions">
      {match.mutualAt !== null && match.side !== null && <ContactButton id={match.id} />}
      {match.deal === null ? (
        <OpenDeal matchId={match.id} />
      ) : (
        <Link to={`/deals/${match.deal.id}`} data-testid="match-deal">
          {t('toDeal', { dealNo: match.deal.dealNo })}
        </Link>
      )}
    </Flex>
  );
}

function OpenDeal({ matchId }: { matchId: string }) {
  const { t } = useTranslation('matches');
  const notice = useNotice();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const open = useMutation({
    mutationFn: () => api.post('/deals', dealView, { matchId }),
    onSuccess: async (deal) => {
      await queryClient.invalidateQueries({ queryKey: ['matches'] });
      await navigate(`/deals/${deal.id}`);
    },
    onError: notice.failed,
  });
  return (
    <Button
      loading={open.isPending}
      data-testid="open-deal"
      onClick={() =>
        notice.ask({
          title: t('openDealTitle'),
          text: t('openDealText'),
          action: () => open.mutateAsync().catch(() => undefined),
        })
      }
    >
      {t('openDeal')}
    </Button>
  );
}

function ContactButton({ id }: { id: string }) {
  const { t } = useTranslation('matches');
  const notice = useNotice();
  const [contact, setContact] = useState<MatchContact | null>(null);
  const load = useMutation({
    mutationFn: () => api.get(`/matches/${id}/contact`, matchContact),
    onSuccess: setContact,
    onError: notice.failed,
  });
  return (
    <>
      <Button loading={load.isPending} onClick={() => load.mutate()} data-testid="show-contact">
        {t('contact')}
      </Button>
      <Modal
        open={contact !== null}
        title={t('contactTitle', { organisation: contact?.organisation ?? '' })}
        footer={null}
        onCancel={() => setContact(null)}
      >
        <Descriptions
          column={1}
          items={[
            { key: 'name', label: t('contactName'), children: contact?.name ?? t('notGiven') },
            { key: 'phone', label: t('contactPhone'), children: contact?.phone ?? t('notGiven') },
            { key: 'email', label: t('contactEmail'), children: contact?.email ?? t('notGiven') },
          ]}
        />
      </Modal>
    </>
  );
}
