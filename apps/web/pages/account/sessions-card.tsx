import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { sessionsView } from '#libs/contracts/identity/auth.js';
import { done } from '#libs/contracts/primitives.js';
import { api } from '../../shell/api.js';
import { useFormat } from '../../shell/format.js';
import { Loaded } from '../../shell/states.js';
import { useNotice } from '../../shell/use-notice.js';

const BROWSERS = [
  ['MicroMessenger', '微信 WeChat'],
  ['DingTalk', '钉钉 DingTalk'],
  ['Edg', 'Edge'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS', 'macOS'],
  ['HarmonyOS', 'HarmonyOS'],
  ['Linux', 'Linux'],
] as const;

/** "Chrome · Windows" of a user agent, or null when it says neither. */
function deviceOf(userAgent: string | null): string | null {
  const find = (words: readonly (readonly [string, string])[]) =>
    words.find(([mark]) => userAgent?.includes(mark))?.[1];
  const parts = [find(BROWSERS), find(SYSTEMS)].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(' · ');
}

export function SessionsCard() {
  const { t } = useTranslation('account');
  const format = useFormat();
  const notice = useNotice();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: ['sessions'],
    queryFn: () => api.get('/auth/sessions', sessionsView),
  });
  const revoke = (id: string) =>
    notice.ask({
      title: t('page.revokeAsk'),
      danger: true,
      action: () =>
        api
          .delete(`/auth/sessions/${id}`, done)
          .then(() => notice.done(t('page.revoked')), notice.failed)
          .then(() => queryClient.invalidateQueries({ queryKey: ['sessions'] })),
    });
  const everywhere = () =>
    notice.ask({
      title: t('page.everywhereAsk'),
      text: t('page.everywhereText'),
      danger: true,
      action: () =>
        api.post('/auth/sign-out-everywhere', done).then(() => {
          queryClient.clear();
          void navigate('/sign-in');
        }, notice.failed),
    });
  return (
    <Card
      title={t('page.sessions')}
      extra={
        <Button danger size="small" onClick={everywhere} data-testid="sign-out-everywhere">
          {t('page.everywhere')}
        </Button>
      }
    >
      <Typography.Paragraph type="secondary">{t('page.sessionsHint')}</Typography.Paragraph>
      <Loaded query={query}>
        {({ rows }) => (
          <Flex vertical gap={12}>
            {rows.map((row) => (
              <Flex key={row.id} justify="space-between" align="center" gap={8}>
                <div style={{ minWidth: 0 }}>
                  <div>
                    {deviceOf(row.userAgent) ?? t('page.unknownDevice')}{' '}
                    {row.current && <Tag color="green">{t('page.thisDevice')}</Tag>}
                  </div>
                  <Typography.Text type="secondary" style={{ fontSize: 13 }}>
                    {t('page.lastSeen', { time: format.instant(row.lastSeenAt) })}
                    {row.ip !== null && ` · ${row.ip}`}
                  </Typography.Text>
                </div>
                {!row.current && (
                  <Button size="small" onClick={() => revoke(row.id)}>
                    {t('page.revoke')}
                  </Button>
                )}
              </Flex>
            ))}
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}
