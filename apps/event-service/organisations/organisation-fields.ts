import { AppError } from '#libs/contracts/app-error.js';
import type { NewOrganisation, OrganisationPatch } from '#libs/contracts/organisations/organisation.js';
import { checkUscc } from '#libs/domain/organisation/check-uscc.js';

type Fields = NewOrganisation | OrganisationPatch;

const COLUMN_OF = {
  name: 'name',
  kind: 'kind',
  shortName: 'short_name',
  nameEn: 'name_en',
  uscc: 'uscc',
  regionCode: 'region_code',
  industry: 'industry',
  address: 'address',
  intro: 'intro',
  website: 'website',
  legalRep: 'legal_rep',
  enterpriseStatus: 'enterprise_status',
} as const satisfies Partial<Record<keyof Fields, string>>;

const emptyToNull = (value: unknown): unknown => (value === '' ? null : value);

/** Column values of the fields that were sent; empty text becomes null. The code is checked and normalised. */
export function organisationColumns(fields: Fields): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(COLUMN_OF)) {
    const value = fields[field as keyof typeof COLUMN_OF];
    if (value !== undefined) columns[column] = emptyToNull(value);
  }
  if (typeof columns['uscc'] === 'string') columns['uscc'] = normalUscc(columns['uscc']);
  if (fields.contact !== undefined) {
    columns['contact_name'] = emptyToNull(fields.contact.name);
    columns['contact_phone'] = fields.contact.phone;
    columns['contact_email'] = fields.contact.email;
  }
  return columns;
}

function normalUscc(given: string): string {
  const result = checkUscc(given);
  if (!result.ok) throw new AppError(`organisation.uscc-${result.problem}`);
  return result.value;
}

/** Fields with codes, for `CodesService.check`. */
export function organisationCodes(
  fields: Fields,
): Record<string, readonly [string, string | string[] | null]> {
  return {
    kind: ['organisation-kind', fields.kind ?? null],
    regionCode: ['region', fields.regionCode ?? null],
    industry: ['industry', fields.industry ?? null],
    enterpriseStatus: ['enterprise-status', fields.enterpriseStatus ?? []],
  };
}
