import { z } from 'zod';
import { emailAddress, rawToken } from '../identity/auth.js';
import { instant, optionalLine, uuid } from '../primitives.js';
import { memberRole } from './organisation.js';

export const memberView = z.object({
  personId: uuid,
  name: z.string(),
  email: z.string(),
  title: z.string().nullable(),
  role: memberRole,
  joinedAt: instant,
  /** The reader. */
  me: z.boolean(),
});
export type MemberView = z.infer<typeof memberView>;
export const membersView = z.object({ rows: z.array(memberView) });
export type MembersView = z.infer<typeof membersView>;

export const memberParams = z.object({ id: uuid, personId: uuid });
export const memberPatch = z.object({ role: memberRole.optional(), title: optionalLine(60).optional() });
export type MemberPatch = z.infer<typeof memberPatch>;

export const invitationBody = z.object({
  email: emailAddress,
  role: memberRole.default('member'),
  title: optionalLine(60).optional(),
});
export type InvitationBody = z.infer<typeof invitationBody>;

/** An invitation that nobody has accepted yet. */
export const invitationView = z.object({
  id: uuid,
  email: z.string(),
  role: memberRole,
  invitedBy: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
});
export const invitationsView = z.object({ rows: z.array(invitationView) });
export type InvitationsView = z.infer<typeof invitationsView>;
export const invitationParams = z.object({ id: uuid, invitationId: uuid });

export const joinBody = z.object({ token: rawToken });
export type JoinBody = z.infer<typeof joinBody>;
/** What the page shows before the person joins. */
export const joinPreview = z.object({
  organisation: z.string(),
  inviter: z.string().nullable(),
  email: z.string(),
  role: memberRole,
});
export type JoinPreview = z.infer<typeof joinPreview>;
export const joined = z.object({ organisationId: uuid, name: z.string() });
export type Joined = z.infer<typeof joined>;
