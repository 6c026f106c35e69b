import { shanghaiDay, shanghaiInstant } from '#libs/domain/time/shanghai-time.js';
import { answersSinceTraining, startTraining } from '#libs/persistence/matching/change-models.js';
import type { Transactions } from '#libs/platform/database/transactions.js';

/** New answers that are worth a training. */
const LEAST_ANSWERS = 20;
/** Hour of the day in Asia/Shanghai from which a day's training may begin: nobody waits for matches then. */
const HOUR = 3;
const HOUR_MS = 3_600_000;

/** The day (of Asia/Shanghai) whose training is due at `now`. */
export const trainingDay = (now: Date): string => shanghaiDay(new Date(now.getTime() - HOUR * HOUR_MS));

/**
 * Begins a training when enough pairs were answered since the last and none was begun by itself today. Returns the model's
 * id for `JobQueue.wake('train-match-model', [id])`, or null.
 */
export async function beginTraining(transactions: Transactions, now: Date): Promise<string | null> {
  return transactions.run(async ({ manager }) => {
    const day = trainingDay(now);
    const { answers, begun } = await answersSinceTraining(manager, shanghaiInstant(day, `0${HOUR}:00`)!);
    if (begun || answers < LEAST_ANSWERS) return null;
    return (await startTraining(manager, shanghaiDay(now), null))?.id ?? null;
  });
}
