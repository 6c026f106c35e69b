import { z } from 'zod';
import { CHOICES, PERSONAL_CHANNELS, TOPIC_GROUPS } from '#libs/domain/notifications/channel-choices.js';
import { optionalLine } from '../primitives.js';

/** Minute of the day in Asia/Shanghai. */
const minuteOfDay = z.number().int().min(0).max(1439);
const choice = z.enum(CHOICES);

/** PUT /api/me/notification-preferences. Choices that are not allowed are left as by default. */
export const preferencesBody = z.object({
  choices: z.partialRecord(z.enum(TOPIC_GROUPS), z.partialRecord(z.enum(PERSONAL_CHANNELS), choice)),
  quietHours: z.boolean(),
  quietFrom: minuteOfDay,
  quietUntil: minuteOfDay,
  digestAt: minuteOfDay,
  wecomUserId: optionalLine(64),
  locale: z.enum(['zh-CN', 'en']),
});
export type PreferencesBody = z.infer<typeof preferencesBody>;

/** What holds now for every group and channel, what may be chosen, and which channels the installation has. */
export const preferencesView = preferencesBody.extend({
  table: z.array(
    z.object({
      group: z.enum(TOPIC_GROUPS),
      cells: z.array(
        z.object({ channel: z.enum(PERSONAL_CHANNELS), allowed: z.array(choice), chosen: choice }),
      ),
    }),
  ),
  channels: z.object({ sms: z.boolean(), wecomApp: z.boolean() }),
  phone: z.string().nullable(),
});
export type PreferencesView = z.infer<typeof preferencesView>;

/** GET /api/unsubscribe/:token for the page; POST ends the mails. */
export const unsubscribeParams = z.object({ token: z.string().min(1).max(200) });
/** `others`: further groups that a digest was about, which end as well; `subscribed`: to any of them. */
export const unsubscribeView = z.object({
  group: z.enum(TOPIC_GROUPS),
  others: z.array(z.enum(TOPIC_GROUPS)).optional(),
  subscribed: z.boolean(),
});
export type UnsubscribeView = z.infer<typeof unsubscribeView>;
