import { MenuOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Dropdown, Grid, Layout as AntLayout, Menu, type MenuProps } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { done } from '#libs/contracts/primitives.js';
import type { Me } from '#libs/contracts/identity/me.js';
import { areas } from '../areas.js';
import { MessageBell } from '../pages/messages/message-bell.js';
import { api } from './api.js';
import type { MenuSection } from './area.js';
import { changeLocale } from './i18n.js';
import { useSession } from './session.js';
import { PageSpinner } from './states.js';

const SECTIONS: readonly MenuSection[] = ['public', 'market', 'mine', 'organizer', 'admin'];

function useMenu(me: Me | null, mailbox: boolean): NonNullable<MenuProps['items']> {
  const { t } = useTranslation();
  const entries = areas.flatMap((area) =>
    area.menu.filter((entry) => entry.visible(me, mailbox)).map((entry) => ({ ...entry, area: area.name })),
  );
  return SECTIONS.flatMap((section) => {
    const items = entries
      .filter((entry) => entry.section === section)
      .sort((a, b) => a.order - b.order)
      .map((entry) => ({
        key: entry.path,
        label: <Link to={entry.path}>{t(`${entry.area}:${entry.text}`)}</Link>,
      }));
    return items.length === 0
      ? []
      : [{ key: section, type: 'group' as const, label: t(`section.${section}`), children: items }];
  });
}

/** Header, menu and the current page. */
export function Layout() {
  const { t } = useTranslation();
  const { person, mailbox } = useSession();
  const { pathname } = useLocation();
  const wide = Grid.useBreakpoint().lg ?? true;
  const [open, setOpen] = useState(false);
  const items = useMenu(person, mailbox);
  const paths = items.flatMap((group) =>
    'children' in group! ? group.children!.map((item) => String(item!.key)) : [],
  );
  const selected = paths
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length);
  const menu = (
    <Menu
      mode="inline"
      items={items}
      selectedKeys={selected.slice(0, 1)}
      onClick={() => setOpen(false)}
      style={{ borderInlineEnd: 0 }}
    />
  );
  return (
    <AntLayout style={{ minHeight: '100%' }}>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <header className="shell-header">
        {!wide && (
          <Button aria-label={t('menu')} type="text" icon={<MenuOutlined />} onClick={() => setOpen(true)} />
        )}
        <Link to="/" className="shell-brand">
          <img src="/icon.svg" alt="" />
          {t('brand')} <small>{t('tagline')}</small>
        </Link>
        <span style={{ flex: 1 }} />
        <LocaleButton />
        {person !== null && <MessageBell />}
        <AccountMenu me={person} />
      </header>
      <AntLayout>
        {wide ? (
          <AntLayout.Sider theme="light" width={216} style={{ borderInlineEnd: '1px solid #e6e9ef' }}>
            <nav style={{ position: 'sticky', top: 56, maxHeight: 'calc(100vh - 56px)', overflow: 'auto' }}>
              {menu}
            </nav>
          </AntLayout.Sider>
        ) : (
          <Drawer
            placement="left"
            size={260}
            open={open}
            onClose={() => setOpen(false)}
            title={t('brand')}
            styles={{ body: { padding: 0 } }}
          >
            {menu}
          </Drawer>
        )}
        <AntLayout.Content>
          <div id="content" className="shell-main" tabIndex={-1}>
            <Suspense fallback={<PageSpinner />}>
              <Outlet />
            </Suspense>
          </div>
        </AntLayout.Content>
      </AntLayout>
      <ScrollRestoration />
    </AntLayout>
  );
}

function LocaleButton() {
  const { t, i18n } = useTranslation();
  return (
    <Button type="text" onClick={() => void changeLocale(i18n.language === 'en' ? 'zh-CN' : 'en')}>
      {t('language')}
    </Button>
  );
}

function AccountMenu({ me }: { me: Me | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => api.post('/auth/sign-out', done),
    onSuccess: () => {
      queryClient.clear();
      void navigate('/');
    },
  });
  if (me === null) {
    return (
      <Link to="/sign-in">
        <Button type="primary" data-testid="header-sign-in">
          {t('signIn')}
        </Button>
      </Link>
    );
  }
  const items: MenuProps['items'] = [
    { key: 'account', label: <Link to="/account">{t('account')}</Link> },
    { type: 'divider' },
    { key: 'out', label: t('signOut'), onClick: () => signOut.mutate() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" className="shell-account" icon={<UserOutlined />} data-testid="account-menu">
        {me.name}
      </Button>
    </Dropdown>
  );
}
