// Compares what became of a case with what must, and with what must never be.
import { CURRENT_ANSWERS } from '../../dist/libs/persistence/inbound/load-invited.js';
import { wallTime } from '../../dist/libs/domain/calendar/zone-clock.js';

/** Everything that a mail may or may not change, as texts to compare. */
export async function photograph(manager) {
  const all = async (sql) => JSON.stringify(await manager.query(sql));
  return {
    events: await all('SELECT * FROM event ORDER BY id'),
    objects: await all(
      `SELECT id, uid, person_id, event_id, sequence, state, fingerprint, reply_key, asked_sequence,
              snapshot - 'stampedAt' AS snapshot FROM calendar_object ORDER BY id`,
    ),
    people: await all('SELECT id, email, name FROM person ORDER BY id'),
    answers: await all(
      `SELECT * FROM (${CURRENT_ANSWERS}) a ORDER BY calendar_object_id, instance NULLS FIRST`,
    ),
    notifications: (await manager.query('SELECT topic FROM notification')).map((row) => row.topic),
  };
}

/** Broken mustNot and invariant entries; they hold for every case, whether it lists them or not. */
export function findViolations(before, after, outcome) {
  const violations = [];
  if (after.events !== before.events) violations.push('the event was changed');
  if (after.objects !== before.objects) violations.push('an invitation was changed');
  if (after.people !== before.people) violations.push('a person was added or changed');
  if (outcome !== 'apply' && after.answers !== before.answers) violations.push('a PARTSTAT was changed');
  const sent = after.notifications.slice(before.notifications.length);
  const allowed = { refresh: 'invitation-request', forward: 'mail-forwarded' }[outcome];
  const stray = sent.filter((topic) => topic !== allowed);
  if (stray.length > 0) violations.push(`mail was sent: ${stray.join(', ')}`);
  return violations;
}

const pad = (value, width = 2) => String(value).padStart(width, '0');

function inZone(iso, zone) {
  const wall = wallTime(new Date(iso), zone);
  return `${pad(wall.year, 4)}${pad(wall.month)}${pad(wall.day)}T${pad(wall.hour)}${pad(wall.minute)}${pad(wall.second)}`;
}

/** Differences from `expect` of a mail's row. */
export function compareMail(expect, row) {
  const problems = [];
  const differs = (name, wanted, found) => problems.push(`${name}: ${wanted} expected, ${found}`);
  const wanted = expect.outcome?.split('-or-');
  if (wanted && !wanted.includes(row.outcome)) {
    differs('outcome', expect.outcome, `${row.outcome} (${row.reason ?? 'no reason'})`);
    return problems;
  }
  const statements = row.detail.statements?.filter((one) => one.outcome === row.outcome) ?? [];
  const [first] = statements;
  if (expect.partstat && row.outcome === 'apply' && first?.answer !== expect.partstat)
    differs('partstat', expect.partstat, first?.answer);
  if (expect.comment && first?.comment !== expect.comment) differs('comment', expect.comment, first?.comment);
  if (expect.recurrenceId && row.outcome === 'apply') {
    const [stated, named = 'Asia/Shanghai'] = expect.recurrenceId.split(' ');
    const [time, zone] = stated.endsWith('Z') ? [stated.slice(0, -1), 'UTC'] : [stated, named];
    const found = statements.map((one) => one.instance && inZone(one.instance, zone));
    if (!found.includes(time)) differs('recurrenceId', expect.recurrenceId, found);
  }
  return [...problems, ...compareReport(expect, row.reports)];
}

function compareReport(expect, reports) {
  const fields = ['status', 'action', 'recipient', 'class', 'permanent'].filter(
    (name) => expect[name] !== undefined,
  );
  if (fields.length === 0) return [];
  const problems = reports.map((report) => {
    const found = {
      status: report.status,
      action: report.kind === 'delay' ? 'delayed' : 'failed',
      recipient: report.recipient,
      class: report.bounce_class,
      permanent: report.permanent,
    };
    return fields
      .filter((name) => found[name] !== expect[name])
      .map((name) => `${name}: ${expect[name]} expected, ${found[name]}`);
  });
  problems.sort((a, b) => a.length - b.length);
  return problems[0] ?? ['no report was kept'];
}

/** Differences of a calendar file: `found` is `parse` or the error by which it was refused. */
export function compareCalendar(expect, found) {
  const parsed = found === 'parse';
  const allowed = {
    parse: parsed,
    reject: !parsed,
    'reject-or-partial': true,
    'no-crash': true,
    'parse-or-reject': true,
  };
  return (allowed[expect.outcome] ?? true) ? [] : [`outcome: ${expect.outcome} expected, ${found}`];
}
