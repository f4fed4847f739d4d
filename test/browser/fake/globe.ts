import { ScriptedGlobe } from '../../support/scripted-globe.ts';
import { NOW, WORKSPACE } from './fixtures.ts';

const HOUR = 3_600_000;

/** The globe of atlas; a few of its points are the threads and memories that the other views show. */
export function atlasGlobe(): ScriptedGlobe {
  const globe = new ScriptedGlobe(NOW, WORKSPACE);
  const [first, second] = globe.points.filter(({ kind }) => kind === 'loop');
  const record = globe.points.find(({ kind }) => kind === 'decision');
  const known = {
    ...first!,
    id: 'loop_clock1',
    title: 'fix/clock',
    status: 'open' as const,
    tone: 'focused' as const,
    toneWords: '2 files in work',
    createdAt: NOW - 9 * 24 * HOUR,
    touchedAt: NOW - 2 * HOUR,
    endedAt: null,
    activity: 0.95,
    cluster: 'cluster_clock',
    whisper: 'freeze the timer in the retry queue, too',
  };
  const other = {
    ...second!,
    id: 'loop_import',
    title: 'feature/import',
    status: 'open' as const,
    tone: 'tense' as const,
    toneWords: '1 conflict',
    createdAt: NOW - 40 * 24 * HOUR,
    touchedAt: NOW - 5 * 24 * HOUR,
    endedAt: null,
    activity: 0.7,
    cluster: 'cluster_import',
    drifting: true,
    whisper: 'split encoding from mapping',
  };
  const decided = {
    ...record!,
    id: 'mem_clock1',
    title: 'Which clock? The one that is handed in',
    parent: known.id,
  };
  globe.points = [
    known,
    other,
    decided,
    ...globe.points.filter((point) => ![first, second, record].includes(point)),
  ];
  globe.ties = [
    {
      from: known.id,
      to: other.id,
      kind: 'files',
      strength: 0.9,
      words: '2 files: scheduler.ts and clock.ts',
    },
    ...globe.ties.filter(
      ({ from, to }) => ![first!.id, second!.id].includes(from) && ![first!.id, second!.id].includes(to),
    ),
  ];
  return globe;
}
