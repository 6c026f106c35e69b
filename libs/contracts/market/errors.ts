import type { ErrorText } from '../error-text.js';

export const marketErrors = {} as const satisfies Record<string, ErrorText>;
