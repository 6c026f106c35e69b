/** The midnight in Asia/Shanghai that ends a last day (YYYY-MM-DD): from then on the record does not count. */
export const endOfDay = (day: string | null): Date | null =>
  day === null ? null : new Date(`${day}T24:00:00+08:00`);
