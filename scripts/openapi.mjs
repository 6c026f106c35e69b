// `npm run openapi`: writes openapi.json, the API's document, from the built server.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

process.argv.push('--server');
await import('./build.mjs');
const { describeApi } = await import('../dist/apps/standalone/describe-api.js');
const target = path.resolve(import.meta.dirname, '../openapi.json');
writeFileSync(target, `${JSON.stringify(await describeApi(), null, 2)}\n`);
console.log(`Wrote ${path.relative(process.cwd(), target)}`);
