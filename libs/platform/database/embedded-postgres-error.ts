/** The data folder cannot hold the database; the message says what to do. */
export class EmbeddedPostgresError extends Error {}
