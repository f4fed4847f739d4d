import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { readState, redraw, type Subject, TUNING } from './clusters/index.ts';
import { type Drawn, type DrawTask, FITTED } from './draw-themes.ts';
import { newId } from './kernel/index.ts';
import { openReader, type Reader } from './store/index.ts';
import { newestSubjects, someSubjects } from './theme-subjects.ts';

const { file, now } = workerData as DrawTask;

/** The same subjects have the same one; a change of the rules gives another. */
function fingerprintOf(subjects: readonly Subject[], salt: string): string {
  const digest = createHash('sha256').update(salt).update(JSON.stringify(TUNING));
  for (const { id, at, text, tone, branch, directory, vector } of subjects)
    digest.update(JSON.stringify([id, at, text, tone, branch, directory, vector !== null]));
  return digest.digest('hex').slice(0, 16);
}

function draw(reader: Reader): Drawn {
  const subjects = someSubjects(reader, newestSubjects(reader, TUNING.mostLive));
  const meta = (key: string) =>
    reader.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value;
  const fingerprint = fingerprintOf(subjects, meta('salt') ?? '');
  if (meta(FITTED) === fingerprint) {
    const themes = reader.get<{ n: number }>('SELECT count(*) AS n FROM clusters')!.n;
    return { themes, redrawn: null, fingerprint };
  }
  // Interrupted and begun again, it comes to the same themes under the same ids.
  const seed = Number.parseInt(fingerprint.slice(0, 8), 16);
  const redrawn = redraw({
    state: readState(reader),
    subjects,
    seed,
    newId: (random) => newId('cluster', now, random),
  });
  return { themes: redrawn.size, redrawn, fingerprint };
}

using reader = openReader(file);
parentPort!.postMessage(draw(reader));
