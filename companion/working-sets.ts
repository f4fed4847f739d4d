import path from 'node:path';
import * as git from './git/index.ts';
import type { Clock, Logger } from './kernel/index.ts';
import type { LoopStore, Notes } from './loops/index.ts';
import type { Health, Settings } from './protocol/index.ts';
import type { Mind } from './store/index.ts';
import { WorkingFiles } from './working-files/index.ts';
import type { Workspace } from './workspaces/index.ts';

export interface WorkingSetsOptions {
  mind: Mind;
  clock: Clock;
  logger: Logger;
  dataDirectory: string;
  settings: () => Settings['loops'];
  loops: LoopStore;
  notes: Notes;
}

/** Changes come in bursts; the files follow when it is quiet for so long. */
const SETTLES_MS = 400;
/** Only what a working file shows makes it worth writing again. */
const SHOWN = /^(loop|decision|whisper|anchor|scan|now|store)\./;

/** A folder whose working files are kept. */
export type KeptFolder = Pick<Workspace, 'id' | 'path' | 'trusted' | 'repository' | 'tell' | 'signsOfLife'>;

/** Keeps the working files of a workspace in step with the store. Dispose it when the workspace closes. */
export function keepWorkingFiles(
  workspace: KeptFolder,
  options: WorkingSetsOptions,
): Pick<WorkingFiles, 'sync' | 'layOut' | 'dispose'> {
  const { mind, clock, logger, dataDirectory, settings, loops, notes } = options;
  const files = new WorkingFiles({
    mind,
    clock,
    dataDirectory,
    logger,
    settings,
    ports: {
      loops: ({ path: folder }) =>
        loops.list({ workspace: folder, status: ['proposed', 'open', 'stale', 'deferred'], limit: 1000 }),
      loop: (id) => loops.find(id),
      decisions: ({ path: folder }) => notes.decisions({ workspace: folder, limit: 1000 }),
      openLoop: (tx, { id }, loop) =>
        loops.open(tx, id, { ...loop, source: 'manual', private: false, anchors: [] }),
      changeLoop: (tx, id, fields) => loops.change(tx, id, fields),
      recordDecision: (tx, { id }, fields) => notes.record(tx, id, fields, null),
      changeDecision: (tx, id, fields) => notes.amend(tx, id, fields),
      isTracked: async (root, folder) => {
        const { repository } = workspace;
        if (!repository) return false;
        const inside = path.relative(repository.root, path.join(root, folder)).split(path.sep).join('/');
        return git.readTracked(repository, inside);
      },
    },
    onHealth: (health: Health) => workspace.tell(health),
  });
  const attach = () => files.attach({ id: workspace.id, path: workspace.path, trusted: workspace.trusted });
  attach();
  let seen = mind.seq;
  let timer: ReturnType<Clock['after']> | null = null;
  const follow = async () => {
    const events = mind.events(seen, 1000);
    seen = events.at(-1)?.seq ?? seen;
    if (!events.some((event) => SHOWN.test(event.type))) return;
    const wrote = events.some(({ type }) => type === 'whisper.added' || type === 'decision.recorded');
    if (wrote) await files.ensureFolder();
    await files.sync();
  };
  const schedule = () => {
    timer ??= clock.after(SETTLES_MS, () => {
      timer = null;
      follow().catch((error: unknown) =>
        logger.error({ error: String(error) }, 'the working files could not follow'),
      );
    });
  };
  const listening = mind.committed.add(schedule);
  const living = workspace.signsOfLife.add(() => void files.interaction(clock.now()).catch(() => {}));
  void files
    .sync()
    .catch((error: unknown) => logger.error({ error: String(error) }, 'the working files could not be read'));
  return {
    sync: () => files.sync(),
    layOut: (texts) => files.layOut(texts),
    async dispose() {
      listening.dispose();
      living.dispose();
      timer?.dispose();
      await files.dispose();
    },
  };
}
