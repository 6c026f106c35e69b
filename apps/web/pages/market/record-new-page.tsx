import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '../../shell/api.js';
import { PageHead } from '../../shell/page-head.js';
import { useSession } from '../../shell/session.js';
import { EmptyState, PageSpinner } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import type { MarketKind } from './market-kind.js';
import { kindNamed, MARKET_KINDS } from './market-kinds.js';

/** Asks for which organisation and reminds of secrecy before the first word is typed; then opens the form. */
export function RecordNewPage({ of: side }: { of: MarketKind }) {
  const { t } = useTranslation('needs');
  const navigate = useNavigate();
  const notice = useNotice();
  const { person, ready } = useSession();
  const organisations = person?.organisations ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [params, setParams] = useSearchParams();
  const of = kindNamed(side.kind, params.get('recordKind'));
  const [classified, setClassified] = useState<boolean | null>(null);
  const organisationId = chosen ?? organisations[0]?.id ?? null;
  const create = useMutation({
    mutationFn: () =>
      api.post(of.path, of.view, {
        organisationId,
        [of.recordKindField]: of.recordKind,
        classified: classified === true,
      }),
    onSuccess: (record) => navigate(`${of.path}/${record.id}/edit`, { replace: true }),
    onError: notice.failed,
  });
  if (!ready) return <PageSpinner />;
  if (organisationId === null) return <EmptyState text={t('noOrganisation')} />;
  return (
    <>
      <PageHead title={t(`${of.recordKind}.new`)} />
      <Card style={{ maxWidth: 720 }}>
        <Form layout="vertical" component="div">
          <Form.Item label={t('whatKind')}>
            <Radio.Group
              value={of.recordKind}
              options={MARKET_KINDS[side.kind].map(({ recordKind }) => ({
                value: recordKind,
                label: t(`${recordKind}.noun`),
              }))}
              onChange={(event) => setParams({ recordKind: event.target.value as string }, { replace: true })}
              data-testid="record-kinds"
            />
          </Form.Item>
          <Form.Item label={t('forOrganisation')}>
            <Radio.Group
              vertical
              value={organisationId}
              options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => setChosen(event.target.value as string)}
            />
          </Form.Item>
          <Form.Item label={t('classifiedQuestion')} required>
            <Radio.Group
              value={classified}
              options={[
                { value: false, label: t('classifiedNo') },
                { value: true, label: t('classifiedYes') },
              ]}
              onChange={(event) => setClassified(event.target.value as boolean)}
              data-testid="classified"
            />
          </Form.Item>
          {classified === true && (
            <Alert type="error" showIcon title={t('classifiedRefused')} style={{ marginBottom: 16 }} />
          )}
          <Button
            type="primary"
            disabled={classified !== false}
            loading={create.isPending}
            onClick={() => create.mutate()}
            data-testid="market-start"
          >
            {t('start')}
          </Button>
        </Form>
      </Card>
    </>
  );
}
