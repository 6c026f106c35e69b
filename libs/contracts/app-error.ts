import type { ErrorCode } from './error-table.js';

export interface FieldProblem {
  /** Dotted path of the field in the request, e.g. `indicators.0.value`. */
  readonly field: string;
  /** A code of the table of field problems, or a sentence for developers. */
  readonly message: string;
}

/** An expected failure with a code of the error table; the HTTP filter turns it into RFC 9457 problem+json. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
    readonly problems: readonly FieldProblem[] = [],
  ) {
    super(code);
    this.name = 'AppError';
  }
}
