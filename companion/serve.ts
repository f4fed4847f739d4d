import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAssets } from '../webviews/assets.ts';
import { contentPolicy, type PageOptions, page } from '../webviews/page.ts';
import { type Companion, startCompanion } from './companion.ts';
import { demoFolders } from './demo-marker.ts';
import type { WebUi } from './gateway/index.ts';
import { openLog } from './monitoring/index.ts';

export interface ServeOptions {
  dataDirectory: string;
  port?: number;
  idleExitMs?: number;
}

/** Starts the service as a process does: with its log file and the web UI that was built beside it. */
export async function serve({ dataDirectory, port = 0, idleExitMs = 0 }: ServeOptions): Promise<Companion> {
  const logger = openLog(dataDirectory);
  process.on('uncaughtException', (error) => {
    logger.error({ error: error.stack ?? String(error) }, 'defect: the companion ends');
    logger.flush();
    console.error(error);
    process.exit(70);
  });
  const demo = demoFolders(dataDirectory);
  return startCompanion({ dataDirectory, logger, port, idleExitMs, demo, ui: webUi() });
}

/** Resolves at the first of: Ctrl-C, a termination signal, the companion's own wish to stop. */
export function untilStopped(companion: Companion): Promise<void> {
  return new Promise((resolve) => {
    // Every timer of the companion lets the process end; being a service keeps it.
    const keep = setInterval(() => {}, 2 ** 30);
    const stop = () => {
      clearInterval(keep);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
    void companion.stopRequested.then(stop);
  });
}

function webUi(): WebUi | null {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const directory = import.meta.url.endsWith('.ts')
    ? path.join(here, '..', 'dist', 'webview')
    : path.join(here, 'webview');
  const built = readAssets(directory);
  if (!built) return null;
  return {
    directory,
    page: (nonce) => {
      // While it is worked on, each build has names of its own.
      const { script, styles } = readAssets(directory) ?? built;
      const options: PageOptions = {
        nonce,
        cspSource: "'self'",
        scriptUri: `ui/${script}`,
        styleUris: styles.map((name) => `ui/${name}`),
        host: 'browser',
        title: 'Progeny',
      };
      return { html: page(options), policy: contentPolicy(options) };
    },
  };
}
