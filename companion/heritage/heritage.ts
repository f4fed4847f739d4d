import { isDeepStrictEqual } from 'node:util';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import {
  type HeritageContents,
  type HeritageDiff,
  type HeritageFile,
  type HeritageLearned,
  type HeritageSource,
  type HeritageVersion,
  heritageFiles,
  ProgenyError,
} from '../protocol/index.ts';
import type { Mind, Reader, Transaction } from '../store/index.ts';
import { inLines, inSentences } from './differences.ts';
import { beliefChanges, objections } from './learned-rules.ts';
import { listVersions, readCurrent, readVersion, type StoredVersion, writeVersion } from './rows.ts';

export interface HeritageOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  /** Whether there is a hypothesis of this id. */
  knowsHypothesis(reader: Reader, id: string): boolean;
  /** The user's local date of a time, "2026-05-01". */
  dateOf(at: number): string;
}

/** Why a version is made. */
export interface Because {
  readonly source: HeritageSource;
  /** In words, as the list of versions shows it. */
  readonly reason: string;
}

type Changeable = Exclude<HeritageFile, 'learned'>;
type Patch<F extends HeritageFile> = Partial<Omit<HeritageContents[F], 'version'>>;

/**
 * Who the user is, how they like to work, and what was learned with their consent. Every change is a version with its
 * source and reason; one that changes nothing is none. `tx` makes it part of a larger change; all throw `read_only`.
 */
export class Heritage {
  readonly #options: HeritageOptions;

  constructor(options: HeritageOptions) {
    this.#options = options;
  }

  /** What is in force. */
  get current(): HeritageContents {
    const content = <F extends HeritageFile>(file: F) => this.get(file).content;
    return { core: content('core'), preferences: content('preferences'), learned: content('learned') };
  }

  /** The version of a file that is in force; 0 before anything was said. */
  get<F extends HeritageFile>(file: F): StoredVersion<F> {
    return this.#options.mind.read((reader) => readCurrent(reader, file));
  }

  /** Changes fields; what is left out stays. Throws `bad_input` for what the schema does not have. */
  change<F extends Changeable>(
    file: F,
    patch: Patch<F>,
    because: Because,
    tx?: Transaction,
  ): StoredVersion<F> {
    const { content } = tx ? readCurrent(tx, file) : this.get(file);
    return this.put(file, { ...content, ...patch } as HeritageContents[F], because, tx);
  }

  /** Takes up a belief of a hypothesis that the user confirmed, in the place of what it said before. */
  learn(
    belief: { hypothesis: string; text: string; except: string | null },
    reason: string,
    tx?: Transaction,
  ): StoredVersion<'learned'> {
    const since = this.#options.dateOf(this.#options.clock.now());
    return this.#relearn(tx, { source: 'hypothesis', reason }, (beliefs) => {
      const known = beliefs.find(({ hypothesis }) => hypothesis === belief.hypothesis);
      const { hypothesis, text, except } = belief;
      const now = { hypothesis, text, except, since: known?.since ?? since };
      return known ? beliefs.map((each) => (each === known ? now : each)) : [...beliefs, now];
    });
  }

  /** Drops the belief of a hypothesis; harmless where there is none. */
  unlearn(hypothesis: string, reason: string, tx?: Transaction): StoredVersion<'learned'> {
    return this.#relearn(tx, { source: 'hypothesis', reason }, (beliefs) =>
      beliefs.filter((belief) => belief.hypothesis !== hypothesis),
    );
  }

  /**
   * Puts a whole content in force. Throws `bad_input` where it does not fit the schema. That `learned` keeps its rule
   * is the caller's to see to, with `objections`.
   */
  put<F extends HeritageFile>(
    file: F,
    content: HeritageContents[F],
    because: Because,
    tx?: Transaction,
  ): StoredVersion<F> {
    const read = heritageFiles[file].safeParse(content);
    if (!read.success) {
      const fields = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      const [first] = fields;
      throw new ProgenyError('bad_input', `${file}: ${first?.path}: ${first?.message}.`, { fields });
    }
    const next = read.data as HeritageContents[F];
    if (tx) return this.#write(tx, file, next, because);
    if (isDeepStrictEqual(this.get(file).content, next)) return this.get(file);
    return this.#options.mind.transact((own) => this.#write(own, file, next, because));
  }

  /** What speaks against `content` as what was learned. */
  objections(content: HeritageLearned): ReturnType<typeof objections> {
    const { mind, knowsHypothesis } = this.#options;
    return mind.read((reader) =>
      objections(readCurrent(reader, 'learned').content, content, (id) => knowsHypothesis(reader, id)),
    );
  }

  /** Newest first. */
  versions(file: HeritageFile, limit: number): HeritageVersion[] {
    return this.#options.mind.read((reader) => listVersions(reader, file, limit));
  }

  /** What differs between two versions; left out, between the one in force and the one before. Throws `not_found`. */
  diff(file: HeritageFile, from?: number, to?: number): HeritageDiff {
    const [current, previous] = this.versions(file, 2);
    const after = this.#version(file, to ?? current?.version ?? 0);
    const before = this.#version(
      file,
      from ?? (to === undefined ? (previous?.version ?? 0) : Math.max(0, to - 1)),
    );
    const pair = [before.content, after.content] as const;
    return {
      file,
      from: before.version,
      to: after.version,
      words: inSentences(file, ...pair),
      lines: inLines(file, ...pair),
    };
  }

  /**
   * Puts an old version in force, as a new one. Throws `not_found`; `conflict` where it holds a belief whose hypothesis
   * is gone.
   */
  restore<F extends HeritageFile>(file: F, version: number, reason?: string): StoredVersion<F> {
    const { content } = this.#version(file, version);
    if (file === 'learned') {
      const [objection] = this.objections(content as HeritageLearned);
      if (objection)
        throw new ProgenyError(
          'conflict',
          `Version ${version} of learned cannot be restored: ${objection.what}. Restore what you want of it by hand.`,
        );
    }
    return this.put(file, content, { source: 'restore', reason: reason ?? `Restored version ${version}` });
  }

  #version<F extends HeritageFile>(file: F, version: number): StoredVersion<F> {
    const found = this.#options.mind.read((reader) => readVersion(reader, file, version));
    if (found) return found;
    const known = this.versions(file, 20).map((each) => each.version);
    const listed = known.length > 0 ? `There are ${known.join(', ')}.` : 'There is none yet.';
    throw new ProgenyError('not_found', `There is no version ${version} of ${file}. ${listed}`);
  }

  #relearn(
    tx: Transaction | undefined,
    because: Because,
    change: (beliefs: HeritageLearned['beliefs']) => HeritageLearned['beliefs'],
  ): StoredVersion<'learned'> {
    const { content } = tx ? readCurrent(tx, 'learned') : this.get('learned');
    return this.put('learned', { ...content, beliefs: change(content.beliefs) }, because, tx);
  }

  #write<F extends HeritageFile>(
    tx: Transaction,
    file: F,
    content: HeritageContents[F],
    { source, reason }: Because,
  ): StoredVersion<F> {
    const { clock, random } = this.#options;
    const before = readCurrent(tx, file);
    if (isDeepStrictEqual(before.content, content)) return before;
    const [at, version] = [clock.now(), before.version + 1];
    writeVersion(tx, newId('heritage', at, random), {
      file,
      version,
      at,
      source,
      reason,
      content: JSON.stringify(content),
    });
    tx.emit({ type: 'heritage.changed', subject: file, data: { version, source } });
    if (file === 'learned')
      tellOfBeliefs(tx, before.content as HeritageLearned, content as HeritageLearned, source);
    return { version, at, source, reason, content };
  }
}

function tellOfBeliefs(
  tx: Transaction,
  before: HeritageLearned,
  after: HeritageLearned,
  source: HeritageSource,
): void {
  const { added, removed, reworded } = beliefChanges(before, after);
  const tell = (type: string, ids: readonly string[]) => {
    for (const subject of ids) tx.emit({ type, subject, data: { source } });
  };
  tell('belief.learned', added);
  tell('belief.dropped', removed);
  tell('belief.reworded', reworded);
}
