import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { areas } from '../areas.js';
import { setApiLocale } from './api.js';
import { en, zh } from './texts.js';

const KEY = 'duijie-locale';
export type Locale = 'zh-CN' | 'en';

const localeOf = (text: string | null): Locale | null => (text === 'en' || text === 'zh-CN' ? text : null);
/** Links in mails name the language of the mail. */
const linked = localeOf(new URLSearchParams(window.location.search).get('lang'));
const initial: Locale = linked ?? localeOf(localStorage.getItem(KEY)) ?? 'zh-CN';

const resources = {
  'zh-CN': { shell: zh, ...Object.fromEntries(areas.map((area) => [area.name, area.zh])) },
  en: { shell: en, ...Object.fromEntries(areas.map((area) => [area.name, area.en])) },
};

function apply(locale: Locale): void {
  setApiLocale(locale);
  dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
  document.documentElement.lang = locale;
}

export async function startTexts(): Promise<void> {
  apply(initial);
  await i18next.use(initReactI18next).init({
    lng: initial,
    fallbackLng: 'zh-CN',
    defaultNS: 'shell',
    resources,
    interpolation: { escapeValue: false },
  });
}

export async function changeLocale(locale: Locale): Promise<void> {
  localStorage.setItem(KEY, locale);
  apply(locale);
  await i18next.changeLanguage(locale);
}
