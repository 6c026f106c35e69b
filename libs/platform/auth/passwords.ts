import { hash, verify } from '@node-rs/argon2';

/**
 * argon2id (the library's algorithm unless told otherwise) with the first parameter set of the OWASP Password Storage
 * Cheat Sheet: 19 MiB, two passes, one lane.
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** One spelling per password, however a keyboard composed its characters. */
const canonical = (password: string): string => password.normalize('NFKC');

/** PHC string `$argon2id$v=19$...` to store. */
export const hashPassword = (password: string): Promise<string> => hash(canonical(password), PARAMETERS);

let dummy: Promise<string> | null = null;

/** True when `password` fits the stored hash. Without a hash it takes as long and answers false. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword('a password that nobody has');
  const fits = await verify(stored ?? (await dummy), canonical(password));
  return fits && stored !== null;
}
