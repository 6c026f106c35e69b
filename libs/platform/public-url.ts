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
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly adapter: HttpAdapterHost,
  ) {}

  /** Without a trailing slash. Before the process listens, the port is the configured one. */
  base(): string {
    const address = this.adapter.httpAdapter.getHttpServer().address() as AddressInfo | null;
    return this.config.publicUrl ?? localUrl(this.config.host, address?.port ?? this.config.port);
  }

  /** The absolute form of a path of the web application. */
  link(path: string): string {
    return `${this.base()}${path}`;
  }
}
