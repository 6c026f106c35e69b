/** What a mail says, before it becomes plain text and HTML. */
export interface MailContent {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Label and value; empty values are left out. */
  readonly facts?: readonly (readonly [label: string, value: string | null | undefined])[];
  /** Lines that lead somewhere each. */
  readonly items?: readonly { readonly text: string; readonly href: string }[];
  /** Absolute links; the first is the main one. */
  readonly actions?: readonly { readonly label: string; readonly href: string }[];
  /** Small print. */
  readonly closing?: string;
}

/** The reader's language and what the words need to become a mail. */
export interface MailContext {
  readonly locale: 'zh-CN' | 'en';
  /** Chooses by language. */
  say(zh: string, en: string): string;
  /** Absolute form of a path of the web application. */
  href(link: string): string;
  /** Whether somebody reads what is answered to a mail. */
  readonly answersAreRead: boolean;
}

export function mailContext(locale: 'zh-CN' | 'en', publicUrl: string, answersAreRead = false): MailContext {
  return {
    locale,
    answersAreRead,
    say: (zh, en) => (locale === 'en' ? en : zh),
    href: (link) => {
      const url = new URL(link, `${publicUrl}/`);
      // Pages begin in Chinese where nobody chose a language.
      if (locale === 'en') url.searchParams.set('lang', locale);
      return url.href;
    },
  };
}
