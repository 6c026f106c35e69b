import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { meAnswer, phone, type Me } from '#libs/contracts/identity/me.js';
import { api } from '../../shell/api.js';
import { changeLocale } from '../../shell/i18n.js';
import { ME_KEY } from '../../shell/session.js';
import { useNotice } from '../../shell/use-notice.js';
import { NameField } from './account-fields.js';
import { useFormSubmit } from './use-form-submit.js';

interface Values {
  name: string;
  phone: string | null;
  locale: 'zh-CN' | 'en';
}

export function ProfileCard({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  const [form] = Form.useForm<Values>();
  const queryClient = useQueryClient();
  const notice = useNotice();
  const { busy, error, submit } = useFormSubmit<Values>(form, async (values) => {
    const answer = await api.patch('/me', meAnswer, { ...values, phone: values.phone?.trim() || null });
    queryClient.setQueryData(ME_KEY, answer);
    await changeLocale(values.locale);
    notice.done(t('shell:saved'));
  });
  return (
    <Card title={t('page.profile')}>
      {error !== null && <Alert type="error" showIcon title={error.message} style={{ marginBottom: 16 }} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: me.name, phone: me.phone, locale: me.locale }}
        onFinish={(values: Values) => void submit(values)}
      >
        <NameField />
        <Form.Item
          name="phone"
          label={t('phone')}
          extra={t('phoneHint')}
          validateTrigger="onBlur"
          rules={[
            {
              validator: (_, value: string | null) =>
                !value?.trim() || phone.safeParse(value).success
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('phoneInvalid'))),
            },
          ]}
        >
          <Input type="tel" autoComplete="tel" maxLength={40} data-testid="phone" />
        </Form.Item>
        <Form.Item name="locale" label={t('locale')}>
          <Radio.Group
            options={[
              { value: 'zh-CN', label: t('chinese') },
              { value: 'en', label: t('english') },
            ]}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="save-profile">
          {t('shell:save')}
        </Button>
      </Form>
    </Card>
  );
}
