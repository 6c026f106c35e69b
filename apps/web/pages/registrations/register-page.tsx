import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, InputNumber, Result, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import {
  registered,
  registrationForm,
  type Answers,
  type RegistrationForm,
} from '#libs/contracts/registrations/registration.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { PageHead } from '../../shell/page-head.js';
import { useSession } from '../../shell/session.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';
import { EventLine, useEventTitle } from './pieces.js';
import { QuestionFields, showProblems } from './question-fields.js';

interface Values {
  organisationId: string;
  groupSize: number;
  answers?: Answers;
}

const PERSONAL = 'personal';

export default function RegisterPage() {
  const id = useParams()['id']!;
  const query = useQuery({
    queryKey: ['registration-form', id],
    queryFn: () => api.get(`/events/${id}/registration-form`, registrationForm),
  });
  return <Loaded query={query}>{(form) => <Register form={form} />}</Loaded>;
}

function Register({ form }: { form: RegistrationForm }) {
  const { t } = useTranslation('registrations');
  const title = useEventTitle()(form.event);
  return (
    <div style={{ maxWidth: 720, margin: '0 auto' }}>
      <PageHead title={t('register.titleOf', { title })} hint={<EventLine event={form.event} />} />
      <Card>
        {form.mine !== null ? (
          <Result
            status="info"
            title={t('register.already')}
            extra={
              <Link to={`/registrations/${form.mine.id}`}>
                <Button type="primary">{t('register.open')}</Button>
              </Link>
            }
          />
        ) : form.closed !== null ? (
          <Closed form={form} />
        ) : (
          <RegisterForm form={form} />
        )}
      </Card>
    </div>
  );
}

function Closed({ form }: { form: RegistrationForm }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const notOpen = form.closed === 'not-open';
  const opens =
    form.opensAt === null ? undefined : t('register.notOpenAt', { at: format.instant(form.opensAt) });
  return (
    <Result
      status="warning"
      title={t(notOpen ? 'register.notOpen' : 'register.closed')}
      subTitle={notOpen ? opens : t('register.closedHint')}
      extra={
        <Link to={`/events/${form.event.id}`}>
          <Button>{t('register.again')}</Button>
        </Link>
      }
    />
  );
}

function Facts({ form }: { form: RegistrationForm }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const full = form.freeSeats <= 0 || form.waiting > 0;
  return (
    <>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 16 }}>
        <Tag color={form.freeSeats > 0 ? 'green' : 'orange'}>
          {t('register.seats', { capacity: form.capacity, free: form.freeSeats })}
        </Tag>
        {form.waiting > 0 && <Tag>{t('register.waiting', { count: form.waiting })}</Tag>}
        {form.closesAt !== null && <Tag>{t('register.closes', { at: format.instant(form.closesAt) })}</Tag>}
      </div>
      {form.approvalRequired && (
        <Alert type="info" showIcon title={t('register.approval')} style={{ marginBottom: 12 }} />
      )}
      {full && (
        <Alert
          type="warning"
          showIcon
          title={t('register.full', { hours: form.offerHours })}
          description={form.groupMax > 1 ? t('register.fullGroups') : undefined}
          style={{ marginBottom: 12 }}
        />
      )}
    </>
  );
}

function RegisterForm({ form: info }: { form: RegistrationForm }) {
  const { t } = useTranslation('registrations');
  const [form] = Form.useForm<Values>();
  const { person } = useSession();
  const notice = useNotice();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const organisations = person?.organisations ?? [];
  const submit = useMutation({
    mutationFn: (values: Values) =>
      api.post(`/events/${info.event.id}/registrations`, registered, {
        organisationId: values.organisationId === PERSONAL ? null : values.organisationId,
        groupSize: values.groupSize,
        answers: Object.fromEntries(
          Object.entries(values.answers ?? {}).filter(([, value]) => value !== undefined),
        ),
      }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['registration-form', info.event.id] });
      await navigate(`/registrations/${id}`);
    },
    onError: (error) => {
      showProblems(form, error);
      notice.failed(error);
    },
  });
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={{ organisationId: organisations[0]?.id ?? PERSONAL, groupSize: 1 }}
      onFinish={(values) => submit.mutate(values)}
    >
      <Facts form={info} />
      <Form.Item name="organisationId" label={t('register.organisation')} hidden={organisations.length === 0}>
        <Select
          data-testid="register-organisation"
          options={[
            ...organisations.map((organisation) => ({ value: organisation.id, label: organisation.name })),
            { value: PERSONAL, label: t('register.personal') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="groupSize"
        label={t('register.group')}
        extra={t('register.groupHint', { max: info.groupMax })}
        hidden={info.groupMax === 1}
        rules={[{ required: true, message: t('shell:required') }]}
      >
        <InputNumber min={1} max={info.groupMax} precision={0} data-testid="register-group" />
      </Form.Item>
      <QuestionFields questions={info.questions} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={submit.isPending}
        data-testid="register-submit"
      >
        {t('register.submit')}
      </Button>
    </Form>
  );
}
