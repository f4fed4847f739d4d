import { Embedder } from './embedding/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Clock, Disposables, Logger, Random } from './kernel/index.ts';
import { Memory } from './memory/index.ts';
import { Models } from './models.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Mind } from './store/index.ts';
import { Themes } from './themes.ts';

export interface RememberingParts {
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
  jobs: Jobs;
  /** Where sentence models lie. */
  folder: string;
  settings: SettingsStore;
}

/** Memory with its model and its themes: what is written is read, and what is read finds its theme. */
export function composeMemory(
  { jobs, folder, settings, ...common }: RememberingParts,
  owned: Disposables,
): { embedder: Embedder; themes: Themes; memory: Memory; models: Models } {
  const embedder = owned.add(new Embedder({ clock: common.clock, folder: null, cache: folder }));
  const themes = owned.add(new Themes(common));
  const memory = owned.add(
    new Memory({
      ...common,
      embedder,
      share: () => settings.current.memory.indexShare,
      settled: (ids) => themes.notice(ids),
    }),
  );
  const { mind } = common;
  const chosen = () => settings.current.memory.model;
  const models = new Models({ folder, jobs, embedder, index: memory.index, mind, chosen });
  owned.add(settings.changed.add(() => models.choose()));
  return { embedder, themes, memory, models };
}
