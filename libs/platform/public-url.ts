import type { AddressInfo } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Config } from '#config/config.js';
import { CONFIG } from './config-token.js';

/** Where a server that listens on `host` and `port` is found from the same machine; without a trailing slash. */
export function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

/** Base of the links in mails and calendar files: PUBLIC_URL, else where this process listens. */
@Injectable()
export class PublicUrl {
  /** What was found out once this process listens: every mail asks. */
  private found: string | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly adapter: HttpAdapterHost,
  ) {}

  /** Without a trailing slash. Before the process listens, the port is the configured one. */
  base(): string {
    if (this.config.publicUrl !== null) return this.config.publicUrl;
    if (this.found !== null) return this.found;
    const address = this.adapter.httpAdapter.getHttpServer().address() as AddressInfo | null;
    if (address === null) return localUrl(this.config.host, this.config.port);
    return (this.found = localUrl(this.config.host, address.port));
  }

  /** The absolute form of a path of the web application. */
  link(path: string): string {
    return `${this.base()}${path}`;
  }
}
