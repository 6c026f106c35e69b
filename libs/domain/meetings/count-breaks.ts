/**
 * Runs of idle slots between two meetings of one participant (JAIR 74, 2022, p. 266); `busy` are the positions of the
 * slots that are taken, in any order. O(n log n).
 */
export function countBreaks(busy: readonly number[]): number {
  const order = [...new Set(busy)].sort((a, b) => a - b);
  return order.filter((slot, index) => index > 0 && slot > (order[index - 1] ?? slot) + 1).length;
}
