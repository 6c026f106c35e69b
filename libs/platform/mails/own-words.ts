import { fillTemplate, type TemplateVariable } from '#libs/domain/notifications/mail-template.js';
import type { MailContent, MailContext } from './mail-content.js';
import { timeFact } from './registration-mails.js';

/** A programme's template of a topic. */
export interface OwnWords {
  readonly subject: string;
  readonly body: string;
}

/** A mail with the words of a programme's template: subject and opening are theirs; facts and links stay. */
export function withOwnWords(
  content: MailContent,
  words: OwnWords,
  row: { readonly toName: string | null; readonly payload: unknown },
  c: MailContext,
): MailContent {
  const values = templateValues(row, content, c);
  const paragraphs = fillTemplate(words.body, values)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  return { ...content, subject: fillTemplate(words.subject, values), paragraphs };
}

function templateValues(
  row: { readonly toName: string | null; readonly payload: unknown },
  content: MailContent,
  c: MailContext,
): Partial<Record<TemplateVariable, string>> {
  const payload = row.payload as Readonly<Record<string, unknown>>;
  const text = (key: string): string => (typeof payload[key] === 'string' ? payload[key] : '');
  const start = text('startsAt');
  return {
    name: row.toName ?? '',
    event: text('event') || text('summary') || text('title'),
    time: start === '' ? '' : timeFact(start, text('endsAt') || start, c),
    place: text('place'),
    host: text('host'),
    reason: text('note'),
    link: content.actions?.[0]?.href ?? '',
  };
}
