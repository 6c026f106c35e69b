import fc from 'fast-check';
import { toBaseUnit } from './convert-unit.js';
import { PREFIXES } from './unit-table.js';

describe('toBaseUnit', () => {
  test.each([
    [300, '米', 300, 'length'],
    [2, '千米', 2000, 'length'],
    [3, '平方米', 3, 'area'],
    [25, '公斤', 25, 'kg'],
    [8, 'h', 28800, 'time'],
    [0, '℃', 273.15, 'temperature'],
    [5, 'kW', 5000, 'power'],
    [1, '千瓦时', 3.6e6, 'energy'],
    [50, '%', 0.5, 'ratio'],
    [20, 'mmol/L', 20, 'molar-concentration'],
    [1, 'mg/L', 1e-3, 'concentration'],
    [1, 'g/cm³', 1000, 'concentration'],
    [36, 'km/h', 10, 'speed'],
    [6, '米每秒', 6, 'speed'],
    [1, 'MPa', 1e6, 'pressure'],
    [180, '°', Math.PI, 'angle'],
    [1, 'kB', 8000, 'data'],
    [60, '转/分', 1, 'frequency'],
    [3, '台', 3, 'count'],
    [2, '㎡', 2, 'area'],
    [2, '㎜', 0.002, 'length'],
    [10, 'mg/Nm3', 1e-5, 'concentration'],
    [50, 'cP', 0.05, 'kg1 m-1 s-1'],
    [50, 'KHZ', 50000, 'frequency'],
    [5, 'Mpa', 5e6, 'pressure'],
    [5, 'MHZ', 5e6, 'frequency'],
    [2, 'KPA', 2000, 'pressure'],
    [1, 'mah', 3.6, 'charge'],
    [3, 'Kw', 3000, 'power'],
    [5, 'DB', 5, 'level'],
    [1, 'Nm', 1, 'energy'],
    [7200, '/h', 2, 'frequency'],
  ])('%d %s', (value, unit, expected, dimension) => {
    const base = toBaseUnit(value, unit);
    expect(base?.dimension).toBe(dimension === 'kg' ? 'mass' : dimension);
    expect(base?.value).toBeCloseTo(expected, 9);
  });

  test('Fahrenheit is affine', () => {
    expect(toBaseUnit(212, '℉')?.value).toBeCloseTo(373.15, 9);
  });

  test('a degree in a compound unit is a step, not a point on the scale', () => {
    const perDegree = toBaseUnit(1, 'W/(m·℃)');
    expect(perDegree).toEqual(toBaseUnit(1, 'W/(m·K)'));
    expect(perDegree?.value).toBe(1);
  });

  test('milli and mega are told apart by their letter', () => {
    expect(toBaseUnit(1, 'mW')?.value).toBeCloseTo(1e-3, 12);
    expect(toBaseUnit(1, 'MW')?.value).toBe(1e6);
    expect(toBaseUnit(1, 'mPa')?.value).toBeCloseTo(1e-3, 12);
    expect(toBaseUnit(1, 'mpa')).toBeNull();
  });

  test('spellings of one unit are the same', () => {
    const conductivity = toBaseUnit(1, 'W/(m·K)');
    for (const spelling of ['W/m.K', 'W/mK', 'W/(mK)', 'W/m·K', 'W/(m.K)'])
      expect(toBaseUnit(1, spelling)).toEqual(conductivity);
    expect(toBaseUnit(350, 'mah/g')).toEqual(toBaseUnit(350, 'mAh/g'));
  });

  test('light that falls on a face is not light that leaves a lamp; of full scale is not of the value', () => {
    expect(toBaseUnit(1, 'lx')?.dimension).not.toBe(toBaseUnit(1, 'lm')?.dimension);
    expect(toBaseUnit(1, 'lx')).toEqual({ ...toBaseUnit(1, 'lm/m2') });
    expect(toBaseUnit(1, '%FS')?.dimension).not.toBe(toBaseUnit(1, '%')?.dimension);
  });

  test.each(['', 'qux', '水', 'm^0', '//', 'm/'])('%s is no unit', (unit) => {
    expect(toBaseUnit(1, unit)).toBeNull();
  });

  test('look-alike signs are the same unit', () => {
    expect(toBaseUnit(7, '\u00b5m')).toEqual(toBaseUnit(7, '\u03bcm'));
    expect(toBaseUnit(7, 'ｍ/ｓ')).toEqual(toBaseUnit(7, 'm/s'));
  });

  test('a prefix multiplies by its power of ten', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PREFIXES),
        fc.integer({ min: 1, max: 1000 }),
        ([prefix, factor], value) => {
          const unit = prefix.charCodeAt(0) > 0x3400 ? '瓦特' : 'W';
          expect(toBaseUnit(value, prefix + unit)).toEqual({
            value: value * factor,
            dimension: 'power',
            baseUnit: 'W',
          });
        },
      ),
    );
  });
});
