import type { z } from 'zod';
import { problem, type Problem } from '#libs/contracts/problem.js';

/** An error answer of the API; `message` is the sentence to show. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

let locale: 'zh-CN' | 'en' = 'zh-CN';
export const setApiLocale = (next: 'zh-CN' | 'en'): void => {
  locale = next;
};

export type QueryValues = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** `?a=1&b=x&b=y`; empty values are left out. */
export function queryString(values: QueryValues): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === '') continue;
    for (const item of Array.isArray(value) ? (value as string[]) : [value])
      params.append(name, String(item));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

async function send<Schema extends z.ZodType>(
  method: string,
  path: string,
  schema: Schema,
  body?: unknown,
): Promise<z.infer<Schema>> {
  const isForm = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: {
        'x-locale': locale,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
  } catch {
    const detail =
      locale === 'en'
        ? 'The server cannot be reached: check your network.'
        : '无法连接服务器，请检查网络后重试。';
    throw new ApiError({ type: 'about:blank', title: 'offline', status: 0, detail, code: 'offline' });
  }
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const content: unknown = isJson ? await response.json() : null;
  if (response.ok) return schema.parse(content);
  const parsed = problem.safeParse(content);
  if (parsed.success) throw new ApiError(parsed.data);
  const detail =
    locale === 'en'
      ? `The server answered ${response.status}.`
      : `服务器返回错误 ${response.status}，请稍后重试。`;
  throw new ApiError({
    type: 'about:blank',
    title: 'error',
    status: response.status,
    detail,
    code: 'server.failed',
  });
}

/** Typed calls of the API; every answer is checked against its contract schema. Throws ApiError. */
export const api = {
  get: <S extends z.ZodType>(path: string, schema: S) => send('GET', path, schema),
  post: <S extends z.ZodType>(path: string, schema: S, body?: unknown) => send('POST', path, schema, body),
  put: <S extends z.ZodType>(path: string, schema: S, body?: unknown) => send('PUT', path, schema, body),
  patch: <S extends z.ZodType>(path: string, schema: S, body?: unknown) => send('PATCH', path, schema, body),
  delete: <S extends z.ZodType>(path: string, schema: S) => send('DELETE', path, schema),
};
