import { startCompanion } from '../../companion/companion.ts';
import { silentLogger } from '../../companion/kernel/index.ts';
import { dataDirectory } from '../../companion/kernel/node.ts';
import { untilStopped } from '../../companion/serve.ts';
import { realWheel } from './real-wheel.ts';

// The service as a process, with delegated work as the product has it; it dies at a named point of a run, as by `kill -9`.

const dieAt = process.env.PROGENY_TEST_DIE_AT;
let planned = false;
const at = (point: string) => {
  // What an earlier life left is taken up whole.
  planned ||= point === 'planned';
  if (planned && point === dieAt) process.kill(process.pid, 'SIGKILL');
};
const data = dataDirectory();
const companion = await startCompanion({
  dataDirectory: data,
  logger: silentLogger,
  wheel: { ...(await realWheel(data, { bare: process.env.PROGENY_TEST_BARE === '1' })), at },
});
await untilStopped(companion);
await companion.dispose();
process.exit(0);
