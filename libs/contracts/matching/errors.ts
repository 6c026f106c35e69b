import type { ErrorText } from '../error-text.js';

export const matchingErrors = {} as const satisfies Record<string, ErrorText>;
