import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  smsTemplatesView,
  type SmsTemplatesView,
  type SmsTemplateView,
} from '#libs/contracts/notifications/sms-templates.js';
import { api } from '../../shell/api.js';
import { EmptyState, Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { SmsTemplateForm } from './sms-template-form.js';

const PATH = '/organizer/sms-templates';
const KEY = ['sms-templates'];

/** SMS templates that the provider approved: what has none is not sent by SMS. */
export function SmsTemplatesCard() {
  const { t } = useTranslation('messages');
  const client = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => api.get(PATH, smsTemplatesView) });
  const [edited, setEdited] = useState<SmsTemplateView | 'new' | null>(null);
  const changed = (view: SmsTemplatesView) => {
    setEdited(null);
    client.setQueryData(KEY, view);
  };
  const add = (
    <Button size="small" type="primary" onClick={() => setEdited('new')} data-testid="add-sms-template">
      {t('sms.add')}
    </Button>
  );
  return (
    <Card title={t('sms.title')} extra={add}>
      <Loaded query={query}>
        {(view) => (
          <Flex vertical gap={16}>
            <Typography.Text type="secondary">{t('sms.hint')}</Typography.Text>
            {view.provider === null ? (
              <Alert type="info" showIcon title={t('sms.noProvider')} />
            ) : (
              <span>{t('sms.provider', { provider: t(`sms.providers.${view.provider}`) })}</span>
            )}
            {view.templates.length === 0 && <EmptyState text={t('sms.none')} />}
            {view.templates.map((row) => (
              <Template
                key={`${row.topic} ${row.locale}`}
                row={row}
                edit={() => setEdited(row)}
                changed={changed}
              />
            ))}
          </Flex>
        )}
      </Loaded>
      {edited !== null && (
        <SmsTemplateForm
          path={PATH}
          template={edited === 'new' ? null : edited}
          close={() => setEdited(null)}
          saved={changed}
        />
      )}
    </Card>
  );
}

interface TemplateProps {
  readonly row: SmsTemplateView;
  readonly edit: () => void;
  readonly changed: (view: SmsTemplatesView) => void;
}

function Template({ row, edit, changed }: TemplateProps) {
  const { t } = useTranslation('messages');
  const notice = useNotice();
  const topic = t(`notifications:topic.${row.topic}`);
  const remove = useMutation({
    mutationFn: () => api.delete(`${PATH}/${row.topic}/${row.locale}`, smsTemplatesView),
    onSuccess: (view) => {
      notice.done(t('places.removed'));
      changed(view);
    },
    onError: notice.failed,
  });
  const ask = () =>
    notice.ask({
      title: t('places.removeAsk', { name: topic }),
      danger: true,
      action: () => remove.mutateAsync().catch(() => undefined),
    });
  return (
    <Flex justify="space-between" gap={12} wrap data-testid="sms-template">
      <div style={{ minWidth: 0 }}>
        <Space size={8} wrap>
          <Typography.Text strong>{topic}</Typography.Text>
          <Tag>{row.locale === 'en' ? 'English' : '中文'}</Tag>
          <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere' }}>
            【{row.signName}】{row.templateId}
          </Typography.Text>
        </Space>
        <Flex gap={4} wrap style={{ marginTop: 6 }}>
          {row.variables.map(({ parameter, value }) => (
            <Tag key={parameter}>
              {parameter} = {t(`variable.${value}`)}
            </Tag>
          ))}
        </Flex>
      </div>
      <Space size={8} align="start">
        <Button size="small" onClick={edit}>
          {t('places.edit')}
        </Button>
        <Button size="small" danger loading={remove.isPending} onClick={ask}>
          {t('places.remove')}
        </Button>
      </Space>
    </Flex>
  );
}
