import type { ErrorText } from '../error-text.js';

export const registrationErrors = {} as const satisfies Record<string, ErrorText>;
