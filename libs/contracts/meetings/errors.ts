import type { ErrorText } from '../error-text.js';

export const meetingErrors = {} as const satisfies Record<string, ErrorText>;
