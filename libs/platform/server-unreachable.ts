/** A server that the configuration names does not answer as it should; the message is a sentence for the operator. */
export class ServerUnreachableError extends Error {
  override readonly name = 'ServerUnreachableError';
}

/** How long to wait for a server before saying that it does not answer, in milliseconds. */
export const ANSWER_WITHIN_MS = 5_000;

/** The error's code or message in few words: connection failures to several addresses come as one AggregateError. */
export function reasonOf(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: unknown[] };
  if (code === undefined && errors?.[0] !== undefined) return reasonOf(errors[0]);
  return [code, message].filter((part) => part !== undefined && part !== '').join(': ') || String(error);
}
