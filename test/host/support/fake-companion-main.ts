// `serve` of the fake companion: stands where dist/companion.js stands, for looking at the extension alone.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataDirectory } from '../../../companion/kernel/node.ts';
import { startFakeCompanion } from './fake-companion.ts';

const folder = dataDirectory();
const lock = path.join(folder, 'fake.lock');

/** Of two started at once one goes on, as with the real one. The lock of a killed one is taken over. */
function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) return false;
    rmSync(lock, { force: true });
    return takeLock();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

mkdirSync(folder, { recursive: true });
if (!takeLock()) process.exit(0);
const fake = await startFakeCompanion({
  dataDirectory: folder,
  onStop: () => {
    rmSync(lock, { force: true });
    process.exit(0);
  },
});
process.on('SIGTERM', () => void fake.stop());
// A test that failed may leave it behind; without its folder it is nobody's.
setInterval(() => existsSync(folder) || process.exit(0), 500);
