import { z } from 'zod';
import { day, uuid } from '../primitives.js';

const limit = z.number().int().min(1).max(1000).nullable();
const named = z.object({ id: uuid, name: z.string() });

/** How an organisation takes part in matching. */
export const organisationMatchSettings = z.object({
  /** Mutual pairs open at a time over all its capabilities; null = no limit. */
  maxOpenMatches: limit,
  /** How many are open now. */
  openMatches: z.number().int(),
  /** The group, university or authority it belongs to. */
  parent: named.nullable(),
  /** Organisations of the same group; they are never matched with each other. */
  group: z.array(named),
  may: z.object({ edit: z.boolean(), setParent: z.boolean() }),
});
export type OrganisationMatchSettings = z.infer<typeof organisationMatchSettings>;

/** What is left out stays; the parent is set by organizers. */
export const organisationMatchSettingsBody = z.object({
  maxOpenMatches: limit.optional(),
  parentId: uuid.nullable().optional(),
});
export type OrganisationMatchSettingsBody = z.infer<typeof organisationMatchSettingsBody>;

/** How a need or capability takes part in matching. */
export const recordMatchSettings = z.object({
  paused: z.boolean(),
  /** Capabilities only; null for needs and where there is none. */
  maxOpenMatches: limit,
  openMatches: z.number().int(),
  /** Last day on which it is matched. Needs have it in their form. */
  expiresAt: day.nullable(),
  mayEdit: z.boolean(),
});
export type RecordMatchSettings = z.infer<typeof recordMatchSettings>;

export const needMatchSettingsBody = z.object({ paused: z.boolean() });
export const capabilityMatchSettingsBody = z.object({
  paused: z.boolean().optional(),
  maxOpenMatches: limit.optional(),
  expiresAt: day.nullable().optional(),
});
export type CapabilityMatchSettingsBody = z.infer<typeof capabilityMatchSettingsBody>;
