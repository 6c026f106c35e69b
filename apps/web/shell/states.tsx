import { Button, Empty, Result, Skeleton, Spin } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ApiError } from './api.js';

/** The window is not called after the page that stood there before. */
function useTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`;
  }, [title, t]);
}

export function NotFound() {
  const { t } = useTranslation();
  useTitle(t('notFound'));
  return <Result status="404" title={t('notFound')} subTitle={t('notFoundHint')} extra={<HomeButton />} />;
}

export function PageError() {
  const { t } = useTranslation();
  return (
    <Result
      status="error"
      title={t('failed')}
      extra={<Button onClick={() => location.reload()}>{t('retry')}</Button>}
    />
  );
}

function HomeButton() {
  const { t } = useTranslation();
  return (
    <Link to="/">
      <Button type="primary">{t('home')}</Button>
    </Link>
  );
}

const TITLES: Readonly<Record<number, string>> = { 401: 'needSignIn', 403: 'forbidden', 404: 'notFound' };

/** What to show instead of content that could not be loaded. */
export function LoadError({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const status = error instanceof ApiError ? error.problem.status : 0;
  const message = error instanceof Error ? error.message : String(error);
  useTitle(t(TITLES[status] ?? 'failed'));
  if (status === 401) {
    return (
      <Result
        status="info"
        title={t('needSignIn')}
        extra={
          <Link to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>
            <Button type="primary">{t('signIn')}</Button>
          </Link>
        }
      />
    );
  }
  if (status === 403)
    return (
      <Result status="403" title={t('forbidden')} subTitle={t('forbiddenHint')} extra={<HomeButton />} />
    );
  if (status === 404)
    return <Result status="404" title={t('notFound')} subTitle={message} extra={<HomeButton />} />;
  return (
    <Result
      status="warning"
      title={t('failed')}
      subTitle={message}
      extra={retry && <Button onClick={retry}>{t('retry')}</Button>}
    />
  );
}

interface Loadable<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** Loading, failed or loaded: `children` gets the data of a query. */
export function Loaded<Data>({
  query,
  children,
}: {
  query: Loadable<Data>;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  return <LoadError error={query.error} retry={() => void query.refetch()} />;
}

/** An empty list that says why and what to do next. */
export function EmptyState({ text, action }: { text?: string; action?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text ?? t('empty')}>
      {action}
    </Empty>
  );
}

export function PageSpinner() {
  return (
    <div style={{ padding: 80, textAlign: 'center' }}>
      <Spin size="large" />
    </div>
  );
}
