import type { Clock } from './kernel/index.ts';
import type { Heritage } from './onboarding.ts';
import { heritageFiles } from './protocol/index.ts';
import type { Mind } from './store/index.ts';

/** The newest version of each file of heritage, and another with each change. */
export function plainHeritage({ mind, clock }: { mind: Mind; clock: Clock }): Heritage {
  const newest = (file: keyof typeof heritageFiles) =>
    mind.read((reader) =>
      reader.get<{ version: number; content: string }>(
        'SELECT version, content FROM heritage WHERE file = ? ORDER BY version DESC LIMIT 1',
        file,
      ),
    );
  const contentOf = <F extends 'core' | 'preferences'>(file: F) =>
    heritageFiles[file].parse(JSON.parse(newest(file)?.content ?? '{"version":1}'));
  return {
    current: () => ({
      core: heritageFiles.core.parse(contentOf('core')),
      preferences: heritageFiles.preferences.parse(contentOf('preferences')),
    }),
    change(file, patch, { source, reason }) {
      const content = heritageFiles[file].parse({ ...contentOf(file), ...patch });
      const version = (newest(file)?.version ?? 0) + 1;
      mind.transact((tx) => {
        const sql =
          'INSERT INTO heritage (file, version, at, source, reason, content) VALUES (?, ?, ?, ?, ?, ?)';
        tx.run(sql, file, version, clock.now(), source, reason, JSON.stringify(content));
        tx.emit({ type: 'heritage.changed', subject: file, data: { version, source } });
      });
    },
  };
}
