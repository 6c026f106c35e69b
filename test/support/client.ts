export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

type Json = Record<string, unknown>;

/** One person's browser on the HTTP API: keeps cookies, speaks JSON. */
export class TestClient {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly base: string) {}

  get<Body = Json>(path: string): Promise<Answer<Body>> {
    return this.send('GET', path);
  }
  post<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send('POST', path, body);
  }
  put<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send('PUT', path, body);
  }
  patch<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>> {
    return this.send('PATCH', path, body);
  }
  delete<Body = Json>(path: string): Promise<Answer<Body>> {
    return this.send('DELETE', path);
  }

  /** Uploads one file as multipart/form-data, with further fields. */
  async upload<Body = Json>(
    path: string,
    file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> },
    fields: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([file.bytes], { type: file.type }), file.name);
    return this.send('POST', path, form);
  }

  /** The raw answer, for files and for headers of one's own. */
  async raw(
    path: string,
    ask: { readonly method?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const headers = { ...this.headers(), ...ask.headers };
    return fetch(`${this.base}/api${path}`, { method: ask.method ?? 'GET', headers, redirect: 'manual' });
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  private async send<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.base}/api${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...this.headers(),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair!.indexOf('=');
      this.cookies.set(pair!.slice(0, at), pair!.slice(at + 1));
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  private headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie === '' ? {} : { cookie };
  }
}
