import type { ErrorText } from '../error-text.js';

export const eventErrors = {} as const satisfies Record<string, ErrorText>;
