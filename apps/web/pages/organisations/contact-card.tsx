import { LockOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  contactView,
  type ContactView,
  type OrganisationView,
} from '#libs/contracts/organisations/organisation.js';
import { api } from '../../shell/api.js';

/** The contact is fetched only when somebody asks for it: reading it may be logged. */
export function ContactCard({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation('organisations');
  const read = useMutation({
    mutationFn: () => api.get(`/organisations/${organisation.id}/contact`, contactView),
  });
  return (
    <Card title={t('contact.title')}>
      {read.error !== null && <Alert type="error" showIcon title={read.error.message} />}
      {!organisation.may.readContact && (
        <Typography.Text type="secondary">
          <LockOutlined /> {t('contact.sealed')}
        </Typography.Text>
      )}
      {organisation.may.readContact && read.data === undefined && (
        <>
          <Button
            icon={<LockOutlined />}
            loading={read.isPending}
            onClick={() => read.mutate()}
            data-testid="show-contact"
          >
            {t('contact.show')}
          </Button>
          {organisation.myRole === null && (
            <Typography.Text type="secondary" style={{ marginInlineStart: 10 }}>
              {t('contact.logged')}
            </Typography.Text>
          )}
        </>
      )}
      {read.data !== undefined && <Contact contact={read.data} />}
    </Card>
  );
}

function Contact({ contact }: { contact: ContactView }) {
  const { t } = useTranslation('organisations');
  const items = [
    { key: 'name', label: t('field.contactName'), children: contact.name },
    {
      key: 'phone',
      label: t('field.contactPhone'),
      children: contact.phone && <a href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}>{contact.phone}</a>,
    },
    {
      key: 'email',
      label: t('field.contactEmail'),
      children: contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>,
    },
  ].filter((item) => item.children !== null);
  if (items.length === 0) return <Typography.Text type="secondary">{t('contact.none')}</Typography.Text>;
  return <Descriptions size="small" column={1} items={items} />;
}
