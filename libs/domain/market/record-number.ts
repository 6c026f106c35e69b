/** Number shown to people, e.g. need 7 of 2026 in region 440115: `N440115-2026-0007`; capabilities begin with C. */
export function recordNumber(
  kind: 'need' | 'capability',
  region: string,
  year: number,
  serial: number,
): string {
  return `${kind === 'need' ? 'N' : 'C'}${region}-${year}-${String(serial).padStart(4, '0')}`;
}
