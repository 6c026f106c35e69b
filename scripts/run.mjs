// `npm start` and `npm run demo`: checks Node, builds what is stale, runs the platform in this process.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `\nDuijie needs Node.js 20.19 or newer; this is ${process.version}. Install a newer one from nodejs.org.\n`,
  );
  process.exit(1);
}
const [mode, ...rest] = process.argv.slice(2);
process.argv = [process.argv[0], process.argv[1], ...(mode === 'demo' ? ['--demo'] : []), ...rest];
await import('./build.mjs');
await import('../dist/apps/standalone/main.js');
