/** An answer, read whole. `body` is parsed when it is JSON. */
export interface Answer<T = any> {
  status: number;
  headers: Headers;
  body: T;
  text: string;
  bytes: Buffer;
}

/** A thin HTTP client for tests: nothing is retried and no status throws. */
export class HttpClient {
  constructor(
    readonly baseUrl: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same client with a bearer key or token. */
  as(bearer: string): HttpClient {
    return this.with({ authorization: `Bearer ${bearer}` });
  }

  with(headers: Record<string, string>): HttpClient {
    return new HttpClient(this.baseUrl, { ...this.headers, ...headers });
  }

  /** The same caller at another process. */
  at(baseUrl: string): HttpClient {
    return new HttpClient(baseUrl, this.headers);
  }

  get<T = any>(path: string): Promise<Answer<T>> {
    return this.send<T>('GET', path);
  }

  post<T = any>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.send<T>('POST', path, body);
  }

  put<T = any>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.send<T>('PUT', path, body);
  }

  patch<T = any>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.send<T>('PATCH', path, body);
  }

  delete<T = any>(path: string): Promise<Answer<T>> {
    return this.send<T>('DELETE', path);
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }), ...this.headers },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const json =
      response.headers.get('content-type')?.includes('json') &&
      text !== '' &&
      !response.headers.get('content-type')?.includes('ndjson');
    return {
      status: response.status,
      headers: response.headers,
      body: (json ? JSON.parse(text) : undefined) as T,
      text,
      bytes,
    };
  }
}
