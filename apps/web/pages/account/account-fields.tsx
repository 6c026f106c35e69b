import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

const PASSWORD_MIN = 10;

export function EmailField() {
  const { t } = useTranslation('account');
  return (
    <Form.Item
      name="email"
      label={t('email')}
      validateTrigger="onBlur"
      rules={[
        { required: true, message: t('fieldMissing') },
        { type: 'email', transform: (value: string) => value.trim(), message: t('emailInvalid') },
      ]}
    >
      <Input type="email" autoComplete="email" inputMode="email" maxLength={254} data-testid="email" />
    </Form.Item>
  );
}

export function NameField() {
  const { t } = useTranslation('account');
  return (
    <Form.Item
      name="name"
      label={t('name')}
      rules={[{ required: true, whitespace: true, message: t('fieldMissing') }]}
    >
      <Input autoComplete="name" maxLength={60} placeholder={t('namePlaceholder')} data-testid="name" />
    </Form.Item>
  );
}

/** A new password, typed twice. */
export function NewPasswordFields({ label }: { label: string }) {
  const { t } = useTranslation('account');
  return (
    <>
      <Form.Item
        name="password"
        label={label}
        extra={t('passwordHint')}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('fieldMissing') },
          { min: PASSWORD_MIN, message: t('passwordShort') },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} data-testid="password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('passwordAgain')}
        dependencies={['password']}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('fieldMissing') },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('passwordDiffers'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} data-testid="password-again" />
      </Form.Item>
    </>
  );
}
