import { AppError } from '#libs/contracts/app-error.js';
import { checkPassword, PASSWORD_MIN } from '#libs/domain/access/check-password.js';

/** Throws the sentence for a password that is not good enough. */
export function requireGoodPassword(password: string, person: { email: string; name: string }): void {
  const problem = checkPassword(password, person);
  if (problem === 'short') throw new AppError('auth.password-short', { min: PASSWORD_MIN });
  if (problem === 'guessable') throw new AppError('auth.password-guessable');
}
