import { z } from 'zod';
import { instant, line, paragraph, uuid } from '../primitives.js';
import { TOPICS, type Topic } from './topics.js';

/** Mails about events: their words may be the programme's own. */
export const TEMPLATE_TOPICS = TOPICS.filter((topic) =>
  /^(invitation-|registration-|event-reminder$)/.test(topic),
) as [Topic, ...Topic[]];

export const mailTemplateParams = z.object({
  id: uuid,
  topic: z.enum(TEMPLATE_TOPICS),
  locale: z.enum(['zh-CN', 'en']),
});
export type MailTemplateParams = z.infer<typeof mailTemplateParams>;

export const mailTemplateBody = z.object({ subject: line(200), body: paragraph(4000) });
export type MailTemplateBody = z.infer<typeof mailTemplateBody>;

export const mailTemplatesView = z.object({
  programme: z.object({ id: uuid, title: z.string() }),
  variables: z.array(z.string()),
  topics: z.array(z.string()),
  templates: z.array(
    z.object({
      topic: z.string(),
      locale: z.enum(['zh-CN', 'en']),
      subject: z.string(),
      body: z.string(),
      updatedAt: instant,
    }),
  ),
});
export type MailTemplatesView = z.infer<typeof mailTemplatesView>;

/** How a mail looks with the words of the body, filled with an example. `html` is shown in a sandbox only. */
export const mailPreview = z.object({ subject: z.string(), text: z.string(), html: z.string() });
export type MailPreview = z.infer<typeof mailPreview>;
