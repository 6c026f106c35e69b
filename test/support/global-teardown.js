import { rm } from 'node:fs/promises';

export default async function globalTeardown() {
  const running = globalThis.duijieTestServer;
  if (running === undefined) return;
  globalThis.duijieTestServer = undefined;
  await running.server.stop();
  await rm(running.dir, { recursive: true, force: true });
}
