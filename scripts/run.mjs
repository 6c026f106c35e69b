// `npm start` and `npm run demo`: checks Node, builds what is stale, runs the platform in this process.
import { nodeProblem } from './check-node.mjs';

const problem = nodeProblem(process.version);
if (problem !== null) {
  console.error(`\n${problem}\n`);
  process.exit(1);
}
const [mode, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], process.argv[1], ...(mode === 'demo' ? ['--demo'] : []), ...rest];
await import('./build.mjs');
await import('../dist/processes/standalone.js');
