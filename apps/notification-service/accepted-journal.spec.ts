import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AcceptedJournal } from './accepted-journal.js';
import { hasEnded, PROCESS_IDENTITY, PROCESS_PLACE } from './process-identity.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'duijie-journal-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const entry = (id: string) => ({ id, attempts: 1, response: '250 queued', at: '2026-11-22T08:00:00.000Z' });
const ended = `${PROCESS_PLACE}${spawnSync('true').pid}/1`;

test('a process that runs has not ended; one that is gone has; one elsewhere nobody knows', () => {
  expect(hasEnded(PROCESS_IDENTITY)).toBe(false);
  expect(hasEnded(ended)).toBe(true);
  expect(hasEnded(`elsewhere/boot/ns/1/1`)).toBe(false);
});

test('what is settled is forgotten, what is not stays for the process after this one', () => {
  const journal = new AcceptedJournal(dir);
  journal.note(entry('a'));
  journal.note(entry('b'));
  journal.settled(['a']);
  const [name] = readdirSync(dir);
  const file = path.join(dir, name!);
  expect(readFileSync(file, 'utf8')).toContain('"id":"b"');
  expect(journal.leftovers().entries).toEqual([]);
  journal.settled(['b', 'unknown']);
  expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(PROCESS_IDENTITY)}\n`);
  journal.close();
  expect(readdirSync(dir)).toEqual([]);
});

test('the file of a process that was killed is read once, without the line it was at', () => {
  const file = path.join(dir, 'dead.jsonl');
  writeFileSync(file, `${JSON.stringify(ended)}\n${JSON.stringify(entry('a'))}\n`);
  appendFileSync(file, '{"id":"half');
  const journal = new AcceptedJournal(dir);
  const found = journal.leftovers();
  expect(found.entries).toEqual([entry('a')]);
  found.forget();
  expect(journal.leftovers().entries).toEqual([]);
});
