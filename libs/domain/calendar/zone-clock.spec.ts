import { WINDOWS_ZONES } from './inbound/windows-zones.js';
import { fixedOffset, ianaZone, zoneOffset } from './zone-clock.js';

const WINTER = new Date('2026-01-15T00:00:00Z');

test('every Windows name is a zone that this runtime knows', () => {
  const unknown = Object.entries(WINDOWS_ZONES).filter(([name, zone]) => {
    return ianaZone(name.toUpperCase()) !== zone || !Number.isFinite(zoneOffset(WINTER, zone));
  });
  expect(unknown).toEqual([]);
});

test.each([
  ['Omsk Standard Time', 6],
  ['UTC-02', -2],
  ['UTC+8', 8],
  ['gmt-05:00', -5],
  ['UTC+0', 0],
  ['Asia/Beijing', 8],
  ['EST5EDT', -5],
  ['cet', 1],
  ['EET', 2],
  ['PST8PDT', -8],
  ['tzone://Microsoft/Utc', 0],
])('%s is %d hours from Greenwich', (name, hours) => {
  expect(zoneOffset(WINTER, ianaZone(name)!)).toBe(hours * 3600);
});

test.each(['UTC+15', 'UTC+5:30', 'Mars/Olympus', 'CST', 'IST', ''])('%j is no zone', (name) => {
  expect(ianaZone(name)).toBeNull();
});

test.each([
  ['UTC+05:30', 19_800],
  ['gmt-0330', -12_600],
  ['+5:45', 20_700],
  ['UTC+15:00', null],
  ['UTC+05:75', null],
  ['Asia/Kolkata', null],
])('%s says %j seconds', (name, seconds) => {
  expect(fixedOffset(name)).toBe(seconds);
});
