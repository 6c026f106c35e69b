import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#libs/contracts/app-error.js';
import { errorTable } from '#libs/contracts/error-table.js';
import { wordFieldProblem } from '#libs/contracts/field-problems.js';
import type { Problem } from '#libs/contracts/problem.js';
import type { ActorRequest } from '../auth/allow.js';

/** Turns every failure into RFC 9457 problem+json in the reader's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest & ActorRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = this.toAppError(error, request);
    const body = problemOf(known, languageOf(request), request.url);
    if (known.code === 'request.too-many')
      void reply.header('retry-after', String(known.params['seconds'] ?? 60));
    void reply.status(body.status).type('application/problem+json').send(body);
  }

  private toAppError(error: unknown, request: FastifyRequest): AppError {
    if (error instanceof AppError) return error;
    const status =
      error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    if (status === 404) return new AppError('record.not-found', { what: '页面' });
    if (status === 413) return new AppError('request.too-large', { limit: '1 MB' });
    if (status === 429) return new AppError('request.too-many', { seconds: 60 });
    if (status !== undefined && status >= 400 && status < 500) {
      return new AppError('request.invalid', {}, [{ field: '', message: (error as Error).message }]);
    }
    const id = randomUUID();
    const stack = error instanceof Error ? error.stack : String(error);
    this.logger.error(`${request.method} ${request.url.split('?')[0]} failed (${id}): ${stack}`);
    return new AppError('server.failed', { id });
  }
}

function languageOf(request: FastifyRequest & ActorRequest): 'zh' | 'en' {
  const header = request.headers['x-locale'] ?? request.headers['accept-language'];
  if (typeof header === 'string' && header !== '') return header.startsWith('en') ? 'en' : 'zh';
  return request.actor?.locale === 'en' ? 'en' : 'zh';
}

/** The body of an error answer. */
export function problemOf(error: AppError, language: 'zh' | 'en', instance: string): Problem {
  const text = errorTable[error.code];
  const detail = text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(error.params[name] ?? ''));
  return {
    type: `urn:duijie:error:${error.code}`,
    title: error.code,
    status: text.status,
    detail,
    code: error.code,
    params: { ...error.params },
    problems: error.problems.map((problem) => wordFieldProblem(problem, language)),
    instance,
  };
}
