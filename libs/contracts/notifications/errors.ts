import type { ErrorText } from '../error-text.js';

export const notificationErrors = {} as const satisfies Record<string, ErrorText>;
