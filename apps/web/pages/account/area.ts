import { createElement, lazy } from 'react';
import type { Area } from '../../shell/area.js';
import { en, zh } from './texts.js';

const SignIn = lazy(() => import('./sign-in-page.js'));
const SignUp = lazy(() => import('./sign-up-page.js'));
const VerifyEmail = lazy(() => import('./verify-email-page.js'));
const ForgotPassword = lazy(() => import('./forgot-password-page.js'));
const ResetPassword = lazy(() => import('./reset-password-page.js'));
const Join = lazy(() => import('./join-page.js'));
const FirstAdministrator = lazy(() => import('./first-administrator-page.js'));
const Account = lazy(() => import('./account-page.js'));

export const account: Area = {
  name: 'account',
  routes: [
    { path: 'sign-in', element: createElement(SignIn) },
    { path: 'sign-up', element: createElement(SignUp) },
    { path: 'verify-email', element: createElement(VerifyEmail) },
    { path: 'forgot-password', element: createElement(ForgotPassword) },
    { path: 'reset-password', element: createElement(ResetPassword) },
    { path: 'join', element: createElement(Join) },
    { path: 'first-administrator', element: createElement(FirstAdministrator) },
    { path: 'account', element: createElement(Account) },
  ],
  menu: [],
  zh,
  en,
};
