const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** Those that are UUIDs, with hyphens or as in addresses without: the database takes both, and looks them up by their index. */
export function uuidsIn(keys: readonly string[]): string[] {
  return keys.filter((key) => UUID.test(key));
}
