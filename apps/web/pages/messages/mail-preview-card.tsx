import type { UseQueryResult } from '@tanstack/react-query';
import { Card, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailPreview } from '#libs/contracts/notifications/mail-templates.js';
import { Loaded } from '../../shell/states.js';

type View = 'html' | 'dark' | 'plain';

/** The mail as its readers would see it: light, dark, or as plain text. The HTML is shown in a sandbox. */
export function MailPreviewCard({ query }: { query: UseQueryResult<MailPreview> }) {
  const { t } = useTranslation('messages');
  const [view, setView] = useState<View>('html');
  const options = (['html', 'dark', 'plain'] as const).map((value) => ({
    value,
    label: t(`templates.${value}`),
  }));
  const dark = view === 'dark';
  return (
    <Card
      title={t('templates.preview')}
      extra={<Segmented size="small" options={options} value={view} onChange={setView} />}
    >
      <Loaded query={query}>
        {(mail) => (
          <>
            <Typography.Paragraph strong>{mail.subject}</Typography.Paragraph>
            {view === 'plain' ? (
              <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{mail.text}</pre>
            ) : (
              <iframe
                sandbox=""
                title={t('templates.preview')}
                srcDoc={mail.html}
                style={{
                  width: '100%',
                  height: 460,
                  border: '1px solid #e6e9ef',
                  borderRadius: 6,
                  colorScheme: dark ? 'dark' : 'light',
                  background: dark ? '#121212' : '#fff',
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
