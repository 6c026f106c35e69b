import { z } from 'zod';
import { instant, line } from '../primitives.js';
import { TOPICS, type Topic } from './topics.js';

/** What a parameter of an SMS template may be filled with. */
export const smsValue = z.enum(['name', 'event', 'time', 'place', 'reason']);

/** Everything but mails about the account, whose links prove a mailbox. */
export const SMS_TOPICS = TOPICS.filter((topic) =>
  /^(invitation-|registration-|event-|meeting-|match-|need-|capability-)/.test(topic),
) as [Topic, ...Topic[]];

export const smsTemplateParams = z.object({ topic: z.enum(SMS_TOPICS), locale: z.enum(['zh-CN', 'en']) });
export type SmsTemplateParams = z.infer<typeof smsTemplateParams>;

/**
 * A template as the provider approved it: code or number, signature, and its parameters in order (Tencent fills by
 * order, Aliyun and gateways by name), each with what it is filled with.
 */
export const smsTemplateBody = z.object({
  signName: line(30),
  templateId: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,60}$/),
  variables: z
    .array(z.object({ parameter: z.string().regex(/^[A-Za-z0-9_]{1,32}$/), value: smsValue }))
    .max(10)
    .refine((rows) => new Set(rows.map((row) => row.parameter)).size === rows.length, {
      message: 'a parameter is named twice',
    }),
});
export type SmsTemplateBody = z.infer<typeof smsTemplateBody>;

export const smsTemplateView = smsTemplateBody.extend({
  topic: z.enum(SMS_TOPICS),
  locale: z.enum(['zh-CN', 'en']),
  updatedAt: instant,
});
export type SmsTemplateView = z.infer<typeof smsTemplateView>;

/** `provider` null = none is configured: nobody gets an SMS. */
export const smsTemplatesView = z.object({
  provider: z.enum(['aliyun', 'tencent', 'http']).nullable(),
  templates: z.array(smsTemplateView),
});
export type SmsTemplatesView = z.infer<typeof smsTemplatesView>;
