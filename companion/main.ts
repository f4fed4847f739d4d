import { parseArgs } from 'node:util';
import { AlreadyRunningError } from './companion.ts';
import { dataDirectory } from './kernel/node.ts';
import { serve, untilStopped } from './serve.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, 'idle-exit': { type: 'string' } },
});

try {
  const companion = await serve({
    dataDirectory: dataDirectory(),
    port: Number(values.port ?? 0),
    idleExitMs: Number(values['idle-exit'] ?? 0) * 1000,
  });
  await untilStopped(companion);
  await companion.dispose();
  process.exit(0);
} catch (error) {
  // Two windows may start one at the same moment; the second finds the first and is not a failure.
  if (error instanceof AlreadyRunningError) process.exit(0);
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
