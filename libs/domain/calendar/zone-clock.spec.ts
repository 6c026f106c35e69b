import { WINDOWS_ZONES } from './inbound/windows-zones.js';
import { ianaZone, zoneOffset } from './zone-clock.js';

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
])('%s is %d hours from Greenwich', (name, hours) => {
  expect(zoneOffset(WINTER, ianaZone(name)!)).toBe(hours * 3600);
});

test.each(['UTC+15', 'UTC+5:30', 'Mars/Olympus', ''])('%j is no zone', (name) => {
  expect(ianaZone(name)).toBeNull();
});
