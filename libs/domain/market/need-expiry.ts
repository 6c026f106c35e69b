import { shanghaiDay } from '../time/shanghai-time.js';

/**
 * Whether a need's last day, `YYYY-MM-DD` in Asia/Shanghai, is over: the day itself still counts. Without a day it
 * never is.
 */
export const isNeedExpired = (expiresAt: string | null, now: Date): boolean =>
  expiresAt !== null && expiresAt < shanghaiDay(now);
