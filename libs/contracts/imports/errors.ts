import type { ErrorText } from '../error-text.js';

export const importErrors = {} as const satisfies Record<string, ErrorText>;
