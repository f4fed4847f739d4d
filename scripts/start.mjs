// npm start: sets up, builds what is stale and runs the companion in the folder where the user called npm.
import path from 'node:path';
import { root, runScript } from './runtime.mjs';
import { setup } from './setup.mjs';

try {
  setup();
  const built = await runScript('esbuild.mjs', ['--if-stale']);
  if (built !== 0) throw new Error('the build failed (its words are above)');
  const program = path.join(root, 'dist', 'progeny.js');
  process.exitCode = await runScript(program, ['start', ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
} catch (error) {
  process.stderr.write(`Could not start: ${error.message}\n`);
  process.exitCode = 1;
}
