import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import {
  parsedIndicators,
  parseIndicatorsBody,
  type ParsedIndicators,
} from '#libs/contracts/market/indicator.js';
import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import { unreadParts } from '#libs/domain/indicators/unread-parts.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';

@Controller('indicators')
export class IndicatorsController {
  @Post('parse')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Reads indicators out of free text, to be confirmed by the author; stores nothing.',
    returns: parsedIndicators,
  })
  parse(
    @Body({ schema: parseIndicatorsBody }) { text }: z.infer<typeof parseIndicatorsBody>,
  ): ParsedIndicators {
    const indicators = parseIndicators(text);
    return { indicators, unread: unreadParts(text, indicators) };
  }
}
