let last = '';

/** One line that renews itself on a terminal; elsewhere one line per finished step. */
export function showProgress(done: number, total: number, what: string): void {
  if (process.stdout.isTTY) {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    const bar = '█'.repeat(Math.floor(percent / 5)).padEnd(20, '░');
    if (last !== '' && last !== what) process.stdout.write('\n');
    process.stdout.write(`\r  ${bar} ${String(percent).padStart(3)} %  ${what} ${done}/${total}   `);
    last = what;
  } else if (last !== what) {
    process.stdout.write(`  ${what} (${total})\n`);
    last = what;
  }
}
