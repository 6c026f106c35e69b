import type { ErrorText } from '../error-text.js';

export const identityErrors = {} as const satisfies Record<string, ErrorText>;
