import { capabilityActions } from '#libs/domain/access/capability-access.js';
import type { Actor } from '#libs/domain/access/actor.js';
import type { MarketAction, Owned } from '#libs/domain/access/market-actions.js';
import { needActions } from '#libs/domain/access/need-access.js';
import type { SubjectKind } from '#libs/domain/market/market-fields.js';
import {
  missingCapabilityFields,
  missingNeedFields,
  type CapabilityContent,
  type NeedContent,
} from '#libs/domain/market/missing-fields.js';
import { AppError } from '#libs/contracts/app-error.js';
import type { CapabilityFields } from '#libs/contracts/market/capability.js';
import type { NeedFields } from '#libs/contracts/market/need.js';
import { isMemberOf, isOrganizer } from '#libs/domain/access/actor.js';

/** Writable fields of either form. */
export type MarketFields = NeedFields & CapabilityFields;

export const NOUNS: Record<SubjectKind, string> = { need: '技术需求', capability: '科技成果' };
export const PATHS: Record<SubjectKind, string> = { need: 'needs', capability: 'capabilities' };

export const actionsOf = (kind: SubjectKind, actor: Actor | null, row: Owned): MarketAction[] =>
  kind === 'need' ? needActions(actor, row) : capabilityActions(actor, row);

export const missingOf = (kind: SubjectKind, row: object): string[] =>
  kind === 'need' ? missingNeedFields(row as NeedContent) : missingCapabilityFields(row as CapabilityContent);

export const notFound = (kind: SubjectKind): AppError =>
  new AppError('record.not-found', { what: NOUNS[kind] });

/** Refuses an action that is not the actor's, or not possible in this state. */
export function demandAction(kind: SubjectKind, actor: Actor | null, row: Owned, action: MarketAction): void {
  if (actionsOf(kind, actor, row).includes(action)) return;
  const reviewing = action === 'return' || action === 'publish' || action === 'grant';
  const concerned = isOrganizer(actor) || (!reviewing && isMemberOf(actor, row.organisationId));
  throw concerned
    ? new AppError('transition.not-allowed', { from: row.status, action })
    : new AppError('auth.forbidden');
}

/** The error that names every empty required field. */
export const incomplete = (missing: readonly string[]): AppError =>
  new AppError(
    'market.incomplete',
    { count: missing.length },
    missing.map((field) => ({ field, message: 'field.required' })),
  );
