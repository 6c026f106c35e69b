import { z } from 'zod';
import {
  code,
  instant,
  line,
  lineText,
  optionalLine,
  pageOf,
  pageQuery,
  paragraph,
  queryFlag,
  queryList,
  uuid,
} from '../primitives.js';
import { emailAddress } from '../identity/auth.js';
import { phone } from '../identity/me.js';

export const organisationStatus = z.enum(['pending', 'verified', 'rejected']);
export const memberRole = z.enum(['owner', 'member']);

/** Sealed: members, staff and holders of a grant see it. */
export const contactFields = z.object({
  name: optionalLine(60),
  phone: phone.nullable(),
  email: emailAddress.nullable(),
});
export const contactView = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type ContactView = z.infer<typeof contactView>;

/** `undefined` = left as it is (PATCH) or empty (POST). Codes: region, industry, enterprise-status, organisation-kind. */
const optionalFields = {
  shortName: optionalLine(40).optional(),
  nameEn: optionalLine(200).optional(),
  uscc: lineText().max(40).nullable().optional(),
  regionCode: code.nullable().optional(),
  industry: code.nullable().optional(),
  address: optionalLine(200).optional(),
  intro: paragraph(2000).nullable().optional(),
  website: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable()
    .optional(),
  legalRep: optionalLine(60).optional(),
  enterpriseStatus: z.array(code).max(20).optional(),
  contact: contactFields.optional(),
};

export const newOrganisation = z.object({
  name: line(120),
  kind: code,
  ...optionalFields,
  /** The creator's position, e.g. 总经理. */
  title: optionalLine(60).optional(),
});
export type NewOrganisation = z.infer<typeof newOrganisation>;

export const organisationPatch = z.object({
  name: line(120).optional(),
  kind: code.optional(),
  ...optionalFields,
  /** `updatedAt` of the version that was edited: an edit in between is refused with record.changed. */
  basedOn: instant.optional(),
});
export type OrganisationPatch = z.infer<typeof organisationPatch>;

/** `mine`: only those the reader belongs to. `status` counts for members' own and for staff; others see verified ones. */
export const organisationQuery = pageQuery.extend({
  kind: queryList(code),
  /** A region includes everything inside it: 4401 finds 440115. */
  region: code.optional(),
  industry: code.optional(),
  status: organisationStatus.optional(),
  mine: queryFlag.optional(),
});
export type OrganisationQuery = z.infer<typeof organisationQuery>;

export const organisationRow = z.object({
  id: uuid,
  name: z.string(),
  shortName: z.string().nullable(),
  kind: z.string(),
  regionCode: z.string().nullable(),
  industry: z.string().nullable(),
  enterpriseStatus: z.array(z.string()),
  intro: z.string().nullable(),
  status: organisationStatus,
  createdAt: instant,
  /** The reader's role in it. */
  myRole: memberRole.nullable(),
});
export type OrganisationRow = z.infer<typeof organisationRow>;
export const organisationPage = pageOf(organisationRow);
export type OrganisationPage = z.infer<typeof organisationPage>;

export const organisationView = organisationRow.extend({
  nameEn: z.string().nullable(),
  uscc: z.string().nullable(),
  address: z.string().nullable(),
  website: z.string().nullable(),
  legalRep: z.string().nullable(),
  /** Why it was rejected; null for others than members and staff. */
  statusNote: z.string().nullable(),
  verifiedAt: instant.nullable(),
  updatedAt: instant,
  /** What the reader may do with it. */
  may: z.object({
    edit: z.boolean(),
    manageMembers: z.boolean(),
    seeMembers: z.boolean(),
    readContact: z.boolean(),
    verify: z.boolean(),
  }),
});
export type OrganisationView = z.infer<typeof organisationView>;

export const verifyBody = z.object({ note: paragraph(500).optional() });
export type VerifyBody = z.infer<typeof verifyBody>;
export const rejectBody = z.object({ note: paragraph(500).min(1) });
export type RejectBody = z.infer<typeof rejectBody>;
