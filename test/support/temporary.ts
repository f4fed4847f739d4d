import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder that is removed when it goes out of scope (`using folder = temporaryFolder()`). */
export function temporaryFolder(name = 'progeny-test-'): { path: string; [Symbol.dispose](): void } {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), name)));
  return {
    path: folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
