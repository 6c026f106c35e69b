import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { organisationView, type OrganisationView } from '#libs/contracts/organisations/organisation.js';
import { api } from '../../shell/api.js';
import { useNotice } from '../../shell/use-notice.js';

/** The organizer's decision about an organisation. */
export function VerifyCard({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation('organisations');
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const decide = async (action: 'verify' | 'reject') => {
    setBusy(true);
    try {
      await api.post(`/organisations/${organisation.id}/${action}`, organisationView, { note: note.trim() });
      notice.done(t(action === 'verify' ? 'verify.verified' : 'verify.rejected'));
    } catch (error) {
      notice.failed(error);
    } finally {
      setBusy(false);
      await queryClient.invalidateQueries({ queryKey: ['organisation', organisation.id] });
      await queryClient.invalidateQueries({ queryKey: ['organisations'] });
    }
  };
  const reject = () => {
    if (note.trim() === '') return setMissing(true);
    notice.ask({
      title: t('verify.rejectAsk'),
      text: t('verify.rejectText'),
      danger: true,
      action: () => decide('reject'),
    });
  };
  const isVerified = organisation.status === 'verified';
  return (
    <Card title={t('verify.title')}>
      <Typography.Paragraph type="secondary">
        {t(isVerified ? 'verify.reopen' : 'verify.hint')}
      </Typography.Paragraph>
      <Input.TextArea
        value={note}
        status={missing ? 'error' : ''}
        placeholder={t('verify.note')}
        aria-label={t('verify.note')}
        maxLength={500}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => {
          setNote(event.target.value);
          setMissing(false);
        }}
        data-testid="verify-note"
      />
      {missing && <Typography.Text type="danger">{t('verify.noteMissing')}</Typography.Text>}
      <Flex gap={8} style={{ marginTop: 12 }}>
        {!isVerified && (
          <Button type="primary" loading={busy} onClick={() => void decide('verify')} data-testid="verify">
            {t('verify.verify')}
          </Button>
        )}
        {organisation.status !== 'rejected' && (
          <Button danger disabled={busy} onClick={reject} data-testid="reject">
            {t('verify.reject')}
          </Button>
        )}
      </Flex>
    </Card>
  );
}
