import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import { uuid } from '#libs/contracts/primitives.js';
import { Transactions } from '#libs/platform/database/transactions.js';

/**
 * Refuses events that do not exist before a stream begins: a handler that fails is told now as a status and now within
 * the stream, whichever is first.
 */
@Injectable()
export class KnownEventGuard implements CanActivate {
  constructor(private readonly transactions: Transactions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params } = context.switchToHttp().getRequest<{ params: { id?: string } }>();
    const id = uuid.safeParse(params.id);
    // What is no id at all is refused with the parameters.
    if (!id.success) return true;
    const known = await this.transactions.manager.query<unknown[]>('SELECT 1 FROM event WHERE id = $1', [
      id.data,
    ]);
    if (known.length === 0) throw new AppError('record.not-found', { what: '活动' });
    return true;
  }
}
