/** Shortest accepted password, in characters (code points). */
export const PASSWORD_MIN = 10;

export type PasswordProblem = 'short' | 'guessable';

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/**
 * The first problem of a new password, or null. Length instead of character classes (NIST SP 800-63B, 5.1.1.2); refused
 * are what everybody knows of the person (address, the part before the @, name) and one character over and over.
 */
export function checkPassword(
  password: string,
  person: { readonly email: string; readonly name: string },
): PasswordProblem | null {
  if ([...password.normalize('NFKC')].length < PASSWORD_MIN) return 'short';
  const given = plain(password);
  const known = [person.email, person.email.split('@')[0]!, person.name].map(plain);
  if (known.includes(given) || new Set(given).size < 2) return 'guessable';
  return null;
}
