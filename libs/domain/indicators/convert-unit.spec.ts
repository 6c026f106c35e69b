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
