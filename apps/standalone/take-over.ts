import type { Config } from '#config/config.js';
import { jobTable } from '#libs/contracts/jobs.js';
import { createDataSource } from '#libs/persistence/data-source.js';
import { releaseLeases } from '#libs/persistence/notifications/release-leases.js';
import { emptyQueues } from '#libs/platform/queue/queue-backend.js';

/**
 * Frees what a process that is gone held: the jobs it was at and the mails it was sending. Only for a database that no
 * other process uses. Without it all of that would wait until locks and leases run out.
 */
export async function takeOver(config: Config & { readonly databaseUrl: string | null }): Promise<void> {
  if (config.databaseUrl === null) return;
  const names = new Set(Object.values(jobTable).map((job) => job.queue));
  await emptyQueues(config, [...names]);
  const dataSource = await createDataSource(config.databaseUrl, 1).initialize();
  try {
    await releaseLeases(dataSource.manager);
  } finally {
    await dataSource.destroy();
  }
}
