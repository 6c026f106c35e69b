/** Polls until `probe` answers something other than undefined, null or false. Throws after `timeoutMs`. */
export async function waitFor<Value>(
  probe: () => Promise<Value | undefined | null | false>,
  what: string,
  timeoutMs = 20_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
