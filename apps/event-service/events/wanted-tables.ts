import type { TablesBody } from '#libs/contracts/events/event-editing.js';

export interface WantedTable {
  /** Null = a new table. */
  readonly id: string | null;
  readonly label: string;
  readonly room: string | null;
  readonly features: readonly string[];
  readonly homeOrganisationId: string | null;
}

interface KnownTable {
  readonly id: string;
  readonly label: string;
  readonly features: readonly string[];
  readonly homeOrganisationId: string | null;
}

/**
 * The tables an event shall have, in order. A table is recognised by its id, else by its label. A count keeps the
 * first tables as they are and adds tables labelled by the lowest free numbers.
 */
export function wantedTables(body: TablesBody, known: readonly KnownTable[]): WantedTable[] {
  if ('count' in body) return numberedTables(body.count, body.room, known);
  const ids = new Set(known.map((table) => table.id));
  const named = new Set(body.tables.map((table) => table.id));
  return body.tables.map((table) => {
    const byLabel = known.find((candidate) => candidate.label === table.label && !named.has(candidate.id));
    const id = table.id !== undefined && ids.has(table.id) ? table.id : (byLabel?.id ?? null);
    const before = known.find((candidate) => candidate.id === id);
    return {
      id,
      label: table.label,
      room: table.room,
      features: [...new Set(table.features ?? before?.features)].sort(),
      homeOrganisationId:
        table.homeOrganisationId === undefined
          ? (before?.homeOrganisationId ?? null)
          : table.homeOrganisationId,
    };
  });
}

function numberedTables(count: number, room: string | null, known: readonly KnownTable[]): WantedTable[] {
  const tables: WantedTable[] = known.slice(0, count).map(({ id, label, features, homeOrganisationId }) => ({
    id,
    label,
    room,
    features,
    homeOrganisationId,
  }));
  const taken = new Set(tables.map((table) => table.label));
  for (let number = 1; tables.length < count; number++) {
    const label = String(number);
    if (!taken.has(label)) tables.push({ id: null, label, room, features: [], homeOrganisationId: null });
  }
  return tables;
}
