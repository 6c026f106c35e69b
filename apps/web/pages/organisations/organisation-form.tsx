import {
  Alert,
  Button,
  Card,
  Col,
  Flex,
  Form,
  Input,
  Row,
  Select,
  TreeSelect,
  type FormInstance,
} from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { phone } from '#libs/contracts/identity/me.js';
import { useCodes } from '../../shell/codes.js';

export interface OrganisationValues {
  name: string;
  kind: string;
  shortName?: string | null;
  nameEn?: string | null;
  uscc?: string | null;
  regionCode?: string | null;
  industry?: string | null;
  enterpriseStatus?: string[];
  address?: string | null;
  intro?: string | null;
  website?: string | null;
  legalRep?: string | null;
  contact?: { name?: string | null; phone?: string | null; email?: string | null };
  title?: string | null;
}

const text = (value: string | null | undefined): string | null => value?.trim() || null;

/** What is sent: every empty field as null. */
export const organisationBody = (values: OrganisationValues) => ({
  name: values.name.trim(),
  kind: values.kind,
  shortName: text(values.shortName),
  nameEn: text(values.nameEn),
  uscc: text(values.uscc),
  regionCode: values.regionCode ?? null,
  industry: values.industry ?? null,
  enterpriseStatus: values.enterpriseStatus ?? [],
  address: text(values.address),
  intro: text(values.intro),
  website: text(values.website),
  legalRep: text(values.legalRep),
  contact: {
    name: text(values.contact?.name),
    phone: text(values.contact?.phone),
    email: text(values.contact?.email),
  },
});

/** Errors of the server that belong to a field. */
export const ORGANISATION_FIELD_OF = {
  'organisation.uscc-length': 'uscc',
  'organisation.uscc-alphabet': 'uscc',
  'organisation.uscc-check-digit': 'uscc',
  'organisation.uscc-taken': 'uscc',
} as const;

export function OrganisationForm({
  form,
  initial,
  busy,
  error,
  submitText,
  askTitle,
  cancel,
  onSubmit,
}: {
  form: FormInstance<OrganisationValues>;
  initial: Partial<OrganisationValues>;
  busy: boolean;
  error: Error | null;
  submitText: string;
  askTitle: boolean;
  cancel: ReactNode;
  onSubmit: (values: OrganisationValues) => void;
}) {
  const { t } = useTranslation('organisations');
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      scrollToFirstError={{ behavior: 'smooth', block: 'center' }}
      onFinish={onSubmit}
    >
      <Flex vertical gap={16}>
        {error !== null && <Alert type="error" showIcon title={error.message} data-testid="form-error" />}
        <Card title={t('form.sectionBasic')}>
          <BasicFields askTitle={askTitle} />
        </Card>
        <Card title={t('form.sectionMore')}>
          <MoreFields />
        </Card>
        <Card title={t('form.sectionContact')}>
          <ContactFields />
        </Card>
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={busy} data-testid="submit">
            {submitText}
          </Button>
          {cancel}
        </Flex>
      </Flex>
    </Form>
  );
}

function BasicFields({ askTitle }: { askTitle: boolean }) {
  const { t } = useTranslation('organisations');
  const codes = useCodes();
  const required = { required: true, whitespace: true, message: t('form.missing') };
  return (
    <Row gutter={16}>
      <Col xs={24} md={12}>
        <Form.Item name="name" label={t('field.name')} rules={[required]}>
          <Input maxLength={120} data-testid="organisation-name" />
        </Form.Item>
      </Col>
      <Col xs={24} md={12}>
        <Form.Item
          name="kind"
          label={t('field.kind')}
          rules={[{ required: true, message: t('form.missing') }]}
        >
          <Select options={codes.options('organisation-kind')} data-testid="organisation-kind" />
        </Form.Item>
      </Col>
      <Col xs={24} md={12}>
        <Form.Item name="uscc" label={t('field.uscc')} extra={t('form.usccHint')}>
          <Input maxLength={40} autoComplete="off" data-testid="organisation-uscc" />
        </Form.Item>
      </Col>
      <Col xs={24} md={12}>
        <Form.Item name="regionCode" label={t('field.region')}>
          <TreeSelect
            allowClear
            showSearch={{ treeNodeFilterProp: 'title' }}
            treeData={codes.tree('region')}
          />
        </Form.Item>
      </Col>
      {askTitle && (
        <Col xs={24} md={12}>
          <Form.Item name="title" label={t('field.title')}>
            <Input maxLength={60} />
          </Form.Item>
        </Col>
      )}
      <Col span={24}>
        <Form.Item name="intro" label={t('field.intro')} extra={t('form.introHint')}>
          <Input.TextArea maxLength={2000} showCount autoSize={{ minRows: 3, maxRows: 12 }} />
        </Form.Item>
      </Col>
    </Row>
  );
}

function MoreFields() {
  const { t } = useTranslation('organisations');
  const codes = useCodes();
  const line = (name: 'shortName' | 'nameEn' | 'legalRep' | 'address', max: number) => (
    <Col xs={24} md={12}>
      <Form.Item name={name} label={t(`field.${name}`)}>
        <Input maxLength={max} />
      </Form.Item>
    </Col>
  );
  return (
    <Row gutter={16}>
      {line('shortName', 40)}
      {line('nameEn', 200)}
      <Col xs={24} md={12}>
        <Form.Item name="industry" label={t('field.industry')}>
          <TreeSelect
            allowClear
            showSearch={{ treeNodeFilterProp: 'title' }}
            treeData={codes.tree('industry')}
          />
        </Form.Item>
      </Col>
      <Col xs={24} md={12}>
        <Form.Item name="enterpriseStatus" label={t('field.enterpriseStatus')}>
          <Select mode="multiple" allowClear options={codes.options('enterprise-status')} />
        </Form.Item>
      </Col>
      {line('legalRep', 60)}
      {line('address', 200)}
      <Col xs={24} md={12}>
        <Form.Item
          name="website"
          label={t('field.website')}
          validateTrigger="onBlur"
          rules={[{ pattern: /^https?:\/\/\S+$/i, message: t('form.badUrl') }]}
        >
          <Input type="url" maxLength={300} placeholder="https://" />
        </Form.Item>
      </Col>
    </Row>
  );
}

function ContactFields() {
  const { t } = useTranslation('organisations');
  return (
    <>
      <Alert type="info" title={t('contact.hint')} style={{ marginBottom: 16 }} />
      <Row gutter={16}>
        <Col xs={24} md={8}>
          <Form.Item name={['contact', 'name']} label={t('field.contactName')}>
            <Input maxLength={60} />
          </Form.Item>
        </Col>
        <Col xs={24} md={8}>
          <Form.Item
            name={['contact', 'phone']}
            label={t('field.contactPhone')}
            validateTrigger="onBlur"
            rules={[
              {
                validator: (_, value: string | null | undefined) =>
                  !value?.trim() || phone.safeParse(value).success
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('form.badPhone'))),
              },
            ]}
          >
            <Input type="tel" maxLength={40} />
          </Form.Item>
        </Col>
        <Col xs={24} md={8}>
          <Form.Item
            name={['contact', 'email']}
            label={t('field.contactEmail')}
            validateTrigger="onBlur"
            rules={[{ type: 'email', message: t('form.badEmail') }]}
          >
            <Input type="email" inputMode="email" maxLength={254} />
          </Form.Item>
        </Col>
      </Row>
    </>
  );
}
