// Reads the MiniZinc data files of the B2B meeting scheduling problem (Bofill et al., JAIR 74, 2022) as timetable
// inputs. Their participants, meetings and slots are numbered from 1; a 0 in a set means nothing.
import { readFileSync } from 'node:fs';

const HOUR = 3_600_000;

function numbers(text) {
  return (text.match(/-?\d+/g) ?? []).map(Number);
}

function fieldsOf(text) {
  const plain = text.replace(/%[^\n]*/g, '');
  const field = (name, pattern) => {
    const found = plain.match(new RegExp(`\\b${name}\\s*=\\s*${pattern}`));
    if (!found) throw new Error(`No field ${name}`);
    return found[1];
  };
  const list = (name) => field(name, '\\[([^\\]]*)\\]');
  return {
    number: (name) => Number(field(name, '(\\d+)\\s*;')),
    numbers: (name) => numbers(list(name)),
    sets: (name) =>
      [...list(name).matchAll(/\{([^}]*)\}/g)].map(([, set]) => numbers(set).filter((item) => item > 0)),
  };
}

/** Ids: participants p1…, meetings m1…, slots s1…, tables t1…; sessions "morning" and "afternoon". */
export function readDzn(file, { fairness = 2, seed = 1 } = {}) {
  const fields = fieldsOf(readFileSync(file, 'utf8'));
  const rows = fields.numbers('requested');
  const forbidden = fields.sets('forbidden');
  const fixed = fields.numbers('fixed');
  const precedences = fields.sets('precedences');
  const morning = fields.number('nMorningSlots');
  const count = (name) => Array.from({ length: fields.number(name) }, (_, i) => i + 1);
  return {
    slots: count('nTotalSlots').map((s) => ({
      id: `s${s}`,
      start: s * HOUR,
      end: (s + 1) * HOUR,
      session: s <= morning ? 'morning' : 'afternoon',
    })),
    tables: count('nTables').map((t) => ({ id: `t${t}`, label: String(t) })),
    participants: count('nBusiness').map((p) => ({
      id: `p${p}`,
      unavailable: forbidden[p - 1].map((s) => ({ start: s * HOUR, end: (s + 1) * HOUR })),
    })),
    meetings: count('nMeetings').map((m) => {
      const [a, b, session] = rows.slice(3 * (m - 1), 3 * m);
      return {
        id: `m${m}`,
        participantIds: [`p${a}`, `p${b}`],
        priority: 0,
        session: [null, 'morning', 'afternoon', null][session],
        locked: fixed[m - 1] > 0 ? { slotId: `s${fixed[m - 1]}`, tableId: null } : null,
        after: precedences[m - 1].map((q) => `m${q}`),
      };
    }),
    fairness: fairness < 0 ? null : fairness,
    seed,
  };
}
