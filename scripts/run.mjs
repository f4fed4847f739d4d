// node scripts/run.mjs SCRIPT [args]: sets up, then runs SCRIPT (TypeScript is fine) under the pinned Node.
import { runScript } from './runtime.mjs';
import { setup } from './setup.mjs';

const [script, ...args] = process.argv.slice(2);
try {
  if (!script) throw new Error('usage: node scripts/run.mjs SCRIPT [args]');
  setup();
  process.exitCode = await runScript(script, args);
} catch (error) {
  process.stderr.write(`Set-up failed: ${error.message}\n`);
  process.exitCode = 1;
}
