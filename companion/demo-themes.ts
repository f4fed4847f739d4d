import { storeRedrawn } from './clusters/index.ts';
import { TOPICS } from './demo/index.ts';
import { newId, type Random } from './kernel/index.ts';
import type { Mind } from './store/index.ts';
import { newestSubjects } from './theme-subjects.ts';
import type { RefitOptions, Themes } from './themes.ts';

type Change = Parameters<typeof storeRedrawn>[1]['changes'][number];

const MOST = 5000;
const LEAST = 3;

export interface DemoThemesOptions {
  readonly mind: Mind;
  readonly random: Random;
  readonly clock: { now(): number };
  /** The number of the theme of what is remembered under an id, or under that of what it mirrors; null for none. */
  topicOf(id: string): number | null;
}

/**
 * Themes as a sentence model would have drawn them. The demo comes without one, and by words alone its small things would
 * fall into many themes; so what belongs together is a part of the invented life, and stored as a dream stores it.
 */
export function demoThemes({ mind, random, clock, topicOf }: DemoThemesOptions): Pick<Themes, 'refit'> {
  const ids = new Map<number, string>();
  const sizes = new Map<number, number>();
  return {
    async refit({ now = clock.now(), within }: RefitOptions = {}) {
      const subjects = mind.read((reader) => newestSubjects(reader, MOST));
      const found = Map.groupBy(subjects, (id) => topicOf(id) ?? -1);
      found.delete(-1);
      const whole = [...found].filter(([, members]) => members.length >= LEAST);
      const changes = whole.flatMap(([topic, members]): Change[] => {
        const [size, before] = [members.length, sizes.get(topic)];
        const cluster = ids.get(topic) ?? newId('cluster', now, random);
        ids.set(topic, cluster);
        sizes.set(topic, size);
        if (before === undefined) return [{ type: 'formed', cluster, size, joined: size }];
        return size > before ? [{ type: 'grew', cluster, size, joined: size - before }] : [];
      });
      const clusters = whole.map(([topic, members]) => ({
        ...{ id: ids.get(topic)!, name: TOPICS[topic]!.name, live: members, retired: [], centroid: null },
      }));
      const kinds = new Map(
        subjects.map((id) => [id, id.startsWith('loop_') ? ('loop' as const) : ('memory' as const)]),
      );
      const redrawn = { scales: null, clusters, gone: [], changes, size: clusters.length, kinds };
      const drawn = { themes: clusters.length, redrawn, fingerprint: '' };
      mind.transact((tx) => {
        storeRedrawn(tx, redrawn, now);
        tx.emit({ type: 'themes.drawn', subject: 'clusters', data: { themes: clusters.length } });
        within?.(tx, drawn);
      });
      return drawn;
    },
  };
}
