import { hiddenColumns } from './hidden-columns.js';

// A first column of 100 pixels, and ten of 150.
const at = (scrollLeft: number, clientWidth: number) =>
  hiddenColumns({ scrollLeft, clientWidth, scrollWidth: 1600 }, 100, 10);

test('what is not whole in sight is hidden, on either side', () => {
  expect(at(0, 1000)).toEqual({ left: 0, right: 4 });
  expect(at(150, 1000)).toEqual({ left: 1, right: 3 });
  expect(at(160, 1000)).toEqual({ left: 2, right: 3 });
  expect(at(600, 1000)).toEqual({ left: 4, right: 0 });
});

test('fractions of a pixel, as zoomed browsers have them, hide nothing', () => {
  expect(at(0.6, 1599)).toEqual({ left: 0, right: 0 });
  expect(at(0, 1600)).toEqual({ left: 0, right: 0 });
});

test('a board without columns hides none', () => {
  expect(hiddenColumns({ scrollLeft: 0, clientWidth: 80, scrollWidth: 100 }, 100, 0)).toEqual({
    left: 0,
    right: 0,
  });
});
