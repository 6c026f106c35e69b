import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Endpoint } from './endpoint.js';

const health = z.object({ status: z.literal('ready'), database: z.literal('ok') });

@Controller('health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Answers 200 when the service and its database are ready.',
    returns: health,
  })
  async read(): Promise<z.infer<typeof health>> {
    await this.dataSource.query('SELECT 1');
    return { status: 'ready', database: 'ok' };
  }
}
