import { Alert, Card, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** The narrow card of the pages around signing in. */
export function AuthCard({
  title,
  hint,
  error,
  children,
  footer,
}: {
  title: string;
  hint?: string;
  error?: Error | null;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`;
  }, [title, t]);
  return (
    <div style={{ maxWidth: 440, margin: '24px auto 0' }}>
      <Card>
        <Typography.Title level={1} style={{ fontSize: 22, margin: '0 0 4px' }}>
          {title}
        </Typography.Title>
        {hint !== undefined && <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph>}
        {error != null && (
          <Alert
            type="error"
            showIcon
            title={error.message}
            style={{ marginBottom: 16 }}
            data-testid="form-error"
          />
        )}
        {children}
      </Card>
      {footer !== undefined && <div style={{ marginTop: 16, textAlign: 'center' }}>{footer}</div>}
    </div>
  );
}
