/** What a meeting that takes place is worth. */
export const worthOf = (priority: number): number => 1 + Math.max(0, Math.round(priority));
