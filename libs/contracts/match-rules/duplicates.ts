import { z } from 'zod';
import { instant, pageOf, pageQuery, uuid } from '../primitives.js';

export const duplicateStatus = z.enum(['open', 'same', 'different']);
const duplicateKind = z.enum(['need', 'capability']);

const duplicateSide = z.object({
  id: uuid,
  number: z.string().nullable(),
  title: z.string(),
  organisation: z.string().nullable(),
  status: z.string(),
  /** The texts that were compared, in full. */
  text: z.string(),
  publishedAt: instant.nullable(),
});

/** Two records with nearly the same text. */
export const duplicateView = z.object({
  id: uuid,
  kind: duplicateKind,
  /** 0..1. */
  similarity: z.number(),
  status: duplicateStatus,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  sameOrganisation: z.boolean(),
  lower: duplicateSide,
  higher: duplicateSide,
});
export type DuplicateView = z.infer<typeof duplicateView>;
export const duplicatePage = pageOf(duplicateView);
export type DuplicatePage = z.infer<typeof duplicatePage>;

export const duplicateQuery = pageQuery.extend({
  kind: duplicateKind.default('need'),
  status: duplicateStatus.default('open'),
});
export type DuplicateQuery = z.infer<typeof duplicateQuery>;

/** `open` takes a decision back. */
export const duplicateDecision = z.object({ status: duplicateStatus });
export type DuplicateDecision = z.infer<typeof duplicateDecision>;
