import type { MigrationInterface } from 'typeorm';
import { Initial1795305600000 } from './migrations/1795305600000-initial.js';

/** All migrations, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [Initial1795305600000];
