import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { createBrowserRouter, Navigate, RouterProvider, type RouteObject } from 'react-router';
import { areas } from './areas.js';
import { Layout } from './shell/layout.js';
import { NotFound, PageError } from './shell/states.js';

const pages: RouteObject[] = areas.flatMap((area) => [...area.routes]);
const router = createBrowserRouter([
  {
    path: '/',
    element: <Layout />,
    errorElement: <PageError />,
    children: [
      { index: true, element: <Navigate to="/events" replace /> },
      ...pages,
      { path: '*', element: <NotFound /> },
    ],
  },
]);

/** As the reader's system says (WCAG 2.3.3); Ant Design does not ask it by itself. */
const STILL = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export function App() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider
      locale={i18n.language === 'en' ? enUS : zhCN}
      // Two-character buttons are not spread apart: labels stay the words that texts.ts says.
      button={{ autoInsertSpace: false }}
      theme={{
        token: {
          colorPrimary: '#0b5cad',
          colorInfo: '#0b5cad',
          colorLink: '#0b5cad',
          colorPrimaryBg: '#e8f1fb',
          colorInfoBg: '#e8f1fb',
          colorInfoBorder: '#b7d3f0',
          colorBgLayout: '#f4f6f9',
          borderRadius: 6,
          fontSize: 14,
          motion: !STILL,
        },
        components: { Menu: { itemHeight: 34, itemMarginBlock: 2 } },
      }}
    >
      <AntApp>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}
