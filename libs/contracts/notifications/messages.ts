import { z } from 'zod';
import { instant, pageOf, pageQuery, queryFlag, uuid } from '../primitives.js';

/** GET /api/me/messages; `unread=true` leaves out what was read. */
export const messagesQuery = pageQuery.extend({ unread: queryFlag.default(false) });
export type MessagesQuery = z.infer<typeof messagesQuery>;

/** A message in the web application: the same words as the mail. `link` is a path of it, or null. */
export const messageView = z.object({
  id: uuid,
  topic: z.string(),
  heading: z.string(),
  subject: z.string(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  link: z.string().nullable(),
  createdAt: instant,
  readAt: instant.nullable(),
});
export type MessageView = z.infer<typeof messageView>;

export const messagesPage = pageOf(messageView).extend({ unread: z.number().int() });
export type MessagesPage = z.infer<typeof messagesPage>;

/** POST /api/me/messages/read: these, or all without `ids`. */
export const readMessagesBody = z.object({ ids: z.array(uuid).max(200).optional() });
export type ReadMessagesBody = z.infer<typeof readMessagesBody>;

export const unreadCount = z.object({ unread: z.number().int() });
export type UnreadCount = z.infer<typeof unreadCount>;
