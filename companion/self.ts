import path from 'node:path';
import type { z } from 'zod';
import { Heritage, HeritageFiles, oldVersions } from './heritage/index.ts';
import { inQuietHours, type ToLocal } from './interruption/index.ts';
import type { Clock, Logger, Random } from './kernel/index.ts';
import { CAUSES, Limbic, modeOf, postureOf, quieten, tierOf } from './limbic/index.ts';
import {
  type Health,
  type HeritageDocument,
  type HeritageFile,
  type HeritageForgotten,
  type heritageUpdateInput,
  ProgenyError,
  type SelfState,
  type Settings,
  type Status,
  stanceWords,
  TIER_WORDS,
} from './protocol/index.ts';
import { scrubSetAside } from './scrub-set-aside.ts';
import type { Store, Tombstone } from './store/index.ts';

export interface OwnSelfOptions {
  store: Store;
  clock: Clock;
  random: Random;
  logger: Logger;
  dataDirectory: string;
  settings(): Settings;
  localTime: ToLocal;
  /** Something of the service does not work, or works with less. */
  degraded(): boolean;
  /** The onboarding conversation is under way. */
  converging?(): boolean;
  /** Told when health has changed. */
  onHealth(): void;
  /** Backups, and until when each exists. */
  backups(): Promise<HeritageForgotten['backups']>;
}

const DAY = 24 * 60 * 60 * 1000;
/** A text shorter than this may be anybody's. */
const TELLING = 12;

/** The companion's self for its user: how it stands to them, and what it knows of who they are. */
export class OwnSelf {
  readonly limbic: Limbic;
  readonly heritage: Heritage;
  readonly #files: HeritageFiles;
  readonly #options: OwnSelfOptions;

  constructor(options: OwnSelfOptions) {
    const { store, dataDirectory, localTime, settings } = options;
    const common = { ...options, mind: store.mind };
    this.#options = options;
    this.limbic = new Limbic({
      ...common,
      dayOf: (at) => {
        const { day, minute } = localTime(at);
        return minute < settings().loops.dayStartsAt * 60 ? day - 1 : day;
      },
    });
    this.heritage = new Heritage({
      ...common,
      knowsHypothesis: (reader, id) => reader.get('SELECT 1 FROM hypotheses WHERE id = ?', id) !== undefined,
      dateOf: (at) => new Date(localTime(at).day * DAY).toISOString().slice(0, 10),
    });
    const folder = path.join(dataDirectory, 'heritage');
    this.#files = new HeritageFiles({ ...common, heritage: this.heritage, folder });
  }

  /** Begins to keep the heritage files in step. */
  start(): Promise<void> {
    return this.#files.start();
  }

  get stance(): Pick<Status, 'mode' | 'posture' | 'tier'> {
    const { degraded, converging } = this.#options;
    const { levels, load } = this.limbic.now;
    const service = degraded() ? 'degraded' : 'well';
    const circumstances = {
      service,
      converging: converging?.() ?? false,
      load,
      urgency: 0,
      asked: false,
    } as const;
    return {
      mode: modeOf(levels, circumstances),
      posture: postureOf(levels, circumstances),
      tier: tierOf(levels.trust),
    };
  }

  get state(): SelfState {
    const { levels, since } = this.limbic.now;
    const { stance } = this;
    const words = [`${stanceWords(stance)}.`, `Without a click ${TIER_WORDS[stance.tier]} (${stance.tier}).`];
    return { ...levels, ...stance, since, words: words.join(' ') };
  }

  /**
   * The settings as they hold now: never louder than those that the user made. Whoever wants it quiet hears only what
   * passes the budget: work at risk.
   */
  quieten(settings: Settings): Settings {
    const interruption = quieten(settings.interruption, this.stance);
    const quiet = this.heritage.current.preferences.temperament === 'quiet';
    return { ...settings, interruption: quiet ? { ...interruption, perDay: 0 } : interruption };
  }

  /** Whether these are hours of which the user said that they work best in them: what can wait, waits. */
  inPeakHours(now: number): boolean {
    const { minute } = this.#options.localTime(now);
    const { peakHours } = this.heritage.current.preferences;
    return peakHours.some(({ from, until }) => inQuietHours(minute, from, until));
  }

  /** What the user must know: a tier that was lost within a day, hand edits that were refused. */
  health(now: number): Health[] {
    const lost = this.limbic.downgrade;
    if (!lost || now - lost.at > DAY) return this.#files.health();
    const message = `${CAUSES[lost.cause].words} Trust went from ${lost.from} to ${lost.to}: without a click ${TIER_WORDS[lost.to]}.`;
    return [{ subject: 'self', level: 'info', message, at: lost.at }, ...this.#files.health()];
  }

  /** Takes a mark back, without a trace. Throws `not_found`, `read_only`. */
  unmark(id: string): void {
    const { store, clock } = this.#options;
    if (!store.mind.read((reader) => reader.get('SELECT 1 FROM limbic_marks WHERE id = ?', id)))
      throw new ProgenyError('not_found', `There is no mark "${id}". \`progeny self --history\` lists them.`);
    this.#bury([{ id, origin: null, at: clock.now() }]);
  }

  documents(): HeritageDocument[] {
    return (['core', 'preferences', 'learned'] as const).map((file) => this.document(file));
  }

  document(file: HeritageFile): HeritageDocument {
    const place = path.join(this.#options.dataDirectory, 'heritage', `${file}.json`);
    return { file, path: place, ...this.heritage.get(file) } as HeritageDocument;
  }

  update({ file, patch, reason }: z.output<typeof heritageUpdateInput>): HeritageDocument {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    this.heritage.change(file, given, {
      source: 'user',
      reason: reason ?? `Changed ${Object.keys(given).join(', ')}`,
    });
    return this.document(file);
  }

  /**
   * Forgets every version of a file but the one in force, and refused hand edits beside it: from the store, its journal,
   * and databases that were set aside. A backup that is restored forgets them again. A dry run touches nothing. Throws `read_only`.
   */
  async forgetVersions(file: HeritageFile, dryRun = false): Promise<HeritageForgotten> {
    const { store, clock, dataDirectory, backups } = this.#options;
    const old = store.mind.read((reader) => oldVersions(reader, file));
    if (dryRun) {
      const rejected = await this.#files.countRejected(file);
      return { versions: old.length, rejected, backups: await backups() };
    }
    const tombstones = old.map(({ id }) => ({ id, origin: null, at: clock.now() }));
    if (old.length > 0) this.#bury(tombstones);
    const rejected = await this.#files.removeRejected(file);
    const kept = JSON.stringify(this.heritage.current);
    const traces = old
      .flatMap(({ reason, content }) => [reason, ...stringsIn(JSON.parse(content))])
      .filter((text) => text.length >= TELLING && !kept.includes(JSON.stringify(text).slice(1, -1)));
    await scrubSetAside(dataDirectory, tombstones, traces);
    return { versions: old.length, rejected, backups: await backups() };
  }

  async dispose(): Promise<void> {
    this.limbic.dispose();
    await this.#files.dispose();
  }

  /** In the hub first, so that no backup brings it back. */
  #bury(tombstones: readonly Tombstone[]): void {
    const { hub, mind } = this.#options.store;
    hub.addTombstones(mind.actor, tombstones);
    mind.bury(tombstones);
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
