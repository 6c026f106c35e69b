import { z } from 'zod';
import achievementLevel from './achievement-level.json' with { type: 'json' };
import activityType from './activity-type.json' with { type: 'json' };
import capabilityForm from './capability-form.json' with { type: 'json' };
import capabilityKind from './capability-kind.json' with { type: 'json' };
import capabilityStage from './capability-stage.json' with { type: 'json' };
import contractKind from './contract-kind.json' with { type: 'json' };
import countUnit from './count-unit.json' with { type: 'json' };
import crosswalkEmergingIndustryTechnologyField from './crosswalk-emerging-industry-technology-field.json' with { type: 'json' };
import crosswalkIndustryTechnologyField from './crosswalk-industry-technology-field.json' with { type: 'json' };
import crosswalkSolveModeTransferMode from './crosswalk-solve-mode-transfer-mode.json' with { type: 'json' };
import dealStage from './deal-stage.json' with { type: 'json' };
import declineReason from './decline-reason.json' with { type: 'json' };
import disclosure from './disclosure.json' with { type: 'json' };
import emergingIndustry from './emerging-industry.json' with { type: 'json' };
import enterpriseStage from './enterprise-stage.json' with { type: 'json' };
import enterpriseStatus from './enterprise-status.json' with { type: 'json' };
import evaluation from './evaluation.json' with { type: 'json' };
import eventKind from './event-kind.json' with { type: 'json' };
import expertTitle from './expert-title.json' with { type: 'json' };
import financingKind from './financing-kind.json' with { type: 'json' };
import industry from './industry.json' with { type: 'json' };
import ipKind from './ip-kind.json' with { type: 'json' };
import lessonVenue from './lesson-venue.json' with { type: 'json' };
import needKind from './need-kind.json' with { type: 'json' };
import needSource from './need-source.json' with { type: 'json' };
import offerKind from './offer-kind.json' with { type: 'json' };
import organisationKind from './organisation-kind.json' with { type: 'json' };
import originality from './originality.json' with { type: 'json' };
import personRole from './person-role.json' with { type: 'json' };
import region from './region.json' with { type: 'json' };
import requestKind from './request-kind.json' with { type: 'json' };
import revenueBand from './revenue-band.json' with { type: 'json' };
import schoolStage from './school-stage.json' with { type: 'json' };
import schoolSubject from './school-subject.json' with { type: 'json' };
import securityKind from './security-kind.json' with { type: 'json' };
import solveMode from './solve-mode.json' with { type: 'json' };
import technologyField from './technology-field.json' with { type: 'json' };
import transferMode from './transfer-mode.json' with { type: 'json' };
import trlGbt22900 from './trl-gbt22900.json' with { type: 'json' };
import trlIso from './trl-iso.json' with { type: 'json' };
import workKind from './work-kind.json' with { type: 'json' };

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** One code of a list. `parent` is a code of the same list; the dates bound its validity, both inclusive. */
export const codeItem = z.strictObject({
  code: z.string().regex(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*|\d{2}\.\d{2}|[A-T]\d{0,2})$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  parent: z.string().nullable(),
  validFrom: day,
  validTo: day.nullable(),
});

/** A versioned list: `list` is our name for it, `scheme` the standard or scheme its codes belong to. */
export const codeListFile = z.strictObject({
  list: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  scheme: z.string().min(1),
  version: z.string().regex(/^\d{4}\.\d+$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  source: z.string().min(1),
  items: z.array(codeItem).min(1),
});

/**
 * How much of one code the other is: exact, close enough to stand for it, or no more than related (SKOS mapping
 * properties, W3C 2009, section 10).
 */
export const crosswalkRelation = z.enum(['exact', 'close', 'related']);

/** A many-to-many relation between the codes of two lists; `close` where a pair says nothing. */
export const crosswalkFile = z.strictObject({
  from: z.string(),
  to: z.string(),
  version: z.string().regex(/^\d{4}\.\d+$/),
  /** Who says so, where it is not the lists themselves. */
  source: z.string().min(1).optional(),
  /** Codes that have no counterpart are left out. */
  partial: z.boolean().optional(),
  pairs: z
    .array(z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), crosswalkRelation])]))
    .min(1),
});

export type CodeListFile = z.infer<typeof codeListFile>;
export type CrosswalkFile = z.infer<typeof crosswalkFile>;

/** Every list shipped with this release; throws a ZodError when a file is malformed. */
export const codeLists: readonly CodeListFile[] = z
  .array(codeListFile)
  .parse([
    achievementLevel,
    activityType,
    capabilityForm,
    capabilityKind,
    capabilityStage,
    contractKind,
    countUnit,
    dealStage,
    declineReason,
    disclosure,
    emergingIndustry,
    enterpriseStage,
    enterpriseStatus,
    evaluation,
    eventKind,
    expertTitle,
    financingKind,
    industry,
    ipKind,
    lessonVenue,
    needKind,
    needSource,
    offerKind,
    organisationKind,
    originality,
    personRole,
    region,
    requestKind,
    revenueBand,
    schoolStage,
    schoolSubject,
    securityKind,
    solveMode,
    technologyField,
    transferMode,
    trlGbt22900,
    trlIso,
    workKind,
  ]);

/** Every crosswalk shipped with this release; throws a ZodError when a file is malformed. */
export const crosswalks: readonly CrosswalkFile[] = z
  .array(crosswalkFile)
  .parse([
    crosswalkEmergingIndustryTechnologyField,
    crosswalkIndustryTechnologyField,
    crosswalkSolveModeTransferMode,
  ]);
