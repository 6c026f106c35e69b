import type { ErrorText } from '../error-text.js';

export const resultErrors = {} as const satisfies Record<string, ErrorText>;
