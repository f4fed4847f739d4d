import type { implement } from '@orpc/server';
import { inLines, inSentences } from '../../../companion/heritage/differences.ts';
import {
  type contract,
  type HeritageContents,
  type HeritageDocument,
  type HeritageFile,
  type HeritageSource,
  heritageFiles,
  ProgenyError,
} from '../../../companion/protocol/index.ts';
import { NOW } from '../../fixtures/samples.ts';

const DAY = 86_400_000;

interface Version {
  readonly version: number;
  readonly at: number;
  readonly source: HeritageSource;
  readonly reason: string;
  readonly content: HeritageContents[HeritageFile];
}

/** Heritage in memory: versions, and the product's own words for what differs. */
export class FakeHeritage {
  versions: Record<HeritageFile, Version[]> = { core: [], preferences: [], learned: [] };
  rejected = 1;
  #changed: (type: string) => void = () => {};

  constructor(changed: (type: string) => void) {
    atlasHeritage(this);
    this.#changed = changed;
  }

  get(): HeritageDocument[] {
    return (['core', 'preferences', 'learned'] as const).map((file) => this.document(file));
  }

  document(file: HeritageFile): HeritageDocument {
    const nothing = { version: 0, at: 0, source: null, reason: '', content: this.#content(file, 0) };
    const stored = this.versions[file].at(-1) ?? nothing;
    return { file, path: `/home/dev/.progeny/heritage/${file}.json`, ...stored } as HeritageDocument;
  }

  put(file: HeritageFile, content: object, source: HeritageSource, reason: string, at = NOW): void {
    const version = (this.versions[file].at(-1)?.version ?? 0) + 1;
    const whole = heritageFiles[file].parse({ version: 1, ...content });
    this.versions[file].push({ version, at, source, reason, content: whole });
    this.#changed('heritage.changed');
  }

  update(file: HeritageFile, patch: object, reason?: string): HeritageDocument {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const why = reason ?? `Changed ${Object.keys(given).join(', ')}`;
    this.put(file, { ...this.document(file).content, ...given }, 'user', why);
    return this.document(file);
  }

  diff(file: HeritageFile, from = 0, to = this.document(file).version) {
    const pair = [this.#content(file, from), this.#content(file, to)] as const;
    return { file, from, to, words: inSentences(file, ...pair), lines: inLines(file, ...pair) };
  }

  restore(file: HeritageFile, version: number): HeritageDocument {
    this.put(file, this.#content(file, version), 'restore', `Restored version ${version}`);
    return this.document(file);
  }

  forget(file: HeritageFile, dryRun: boolean) {
    const told = {
      versions: Math.max(0, this.versions[file].length - 1),
      rejected: this.rejected,
      backups: [
        { id: 'backup_1', until: NOW + 3 * DAY },
        { id: 'backup_2', until: NOW + 26 * DAY },
      ],
    };
    if (dryRun) return told;
    this.versions[file] = this.versions[file].slice(-1);
    this.rejected = 0;
    return told;
  }

  #content(file: HeritageFile, version: number): HeritageContents[HeritageFile] {
    if (version === 0) return heritageFiles[file].parse({ version: 1 });
    const found = this.versions[file].find((each) => each.version === version);
    if (found) return found.content;
    throw new ProgenyError('not_found', `There is no version ${version} of ${file}.`);
  }
}

/** What is known of somebody who answered, edited the file, confirmed beliefs, and changed their mind. */
function atlasHeritage(heritage: FakeHeritage): void {
  const first = {
    values: ['correct', 'readable', 'fast'],
    hardLines: ['push to main without a green run'],
  };
  heritage.put('core', first, 'convergence', 'From the onboarding conversation', NOW - 61 * DAY);
  const named = { ...first, name: 'Dana' };
  heritage.put('core', named, 'hand', 'Edited by hand', NOW - 40 * DAY);
  const strict = { ...named, hardLines: [...first.hardLines, 'send code off this machine'] };
  heritage.put('core', strict, 'user', 'After the incident of October', NOW - 9 * DAY);
  const remembered =
    'I would rather delete a hundred lines than add ten. When I go quiet I am thinking, not stuck; ask me in the afternoon.';
  heritage.put(
    'core',
    { ...strict, rememberedBy: remembered },
    'user',
    'Changed rememberedBy',
    NOW - 26 * 3_600_000,
  );
  const preferences = {
    flow: 'A free morning, one problem, the door closed',
    flowKillers: ['meetings before noon', 'chat', 'slow tests'],
    overwhelm: 'space',
    standard: 'done',
    peakHours: [
      { from: '09:00', until: '12:00' },
      { from: '20:30', until: '22:00' },
    ],
    neverTouch: ['infra/**', 'the billing database'],
    more: { lastBigThing: 'The importer: too much at once, then a week of small steps.' },
  };
  heritage.put('preferences', preferences, 'convergence', 'From the onboarding conversation', NOW - 61 * DAY);
  heritage.put(
    'preferences',
    { ...preferences, temperament: 'quiet' },
    'template',
    'Template “deep work”',
    NOW - 20 * DAY,
  );
  const belief = (hypothesis: string, text: string, except: string | null, since: string) => ({
    hypothesis,
    text,
    except,
    since,
  });
  const peak = belief(
    'hypothesis_peak01',
    'You get most done between 10:00 and 12:00',
    'on Fridays',
    '2025-11-03',
  );
  const pair = belief(
    'hypothesis_pair01',
    'When you change grammar.ts, you change grammar.md too',
    null,
    '2025-11-20',
  );
  heritage.put('learned', { beliefs: [peak] }, 'hypothesis', 'You confirmed it in Review', NOW - 21 * DAY);
  heritage.put(
    'learned',
    { beliefs: [peak, pair] },
    'hypothesis',
    'You confirmed it in Review',
    NOW - 4 * DAY,
  );
}

type Implementer = ReturnType<typeof implement<typeof contract>>;
type Call = <T>(name: string, input: unknown, answer: () => T, signal?: AbortSignal) => Promise<T>;

export function heritageAnswers({ heritage: os }: Implementer, heritage: FakeHeritage, call: Call) {
  return {
    heritage: {
      get: os.get.handler(({ input, signal }) => call('heritage.get', input, () => heritage.get(), signal)),
      update: os.update.handler(({ input }) =>
        call('heritage.update', input, () => heritage.update(input.file, input.patch, input.reason)),
      ),
      versions: os.versions.handler(({ input, signal }) =>
        call(
          'heritage.versions',
          input,
          () =>
            heritage.versions[input.file]
              .map(({ content: _, ...rest }) => ({ file: input.file, ...rest }))
              .reverse(),
          signal,
        ),
      ),
      diff: os.diff.handler(({ input, signal }) =>
        call('heritage.diff', input, () => heritage.diff(input.file, input.from, input.to), signal),
      ),
      restore: os.restore.handler(({ input }) =>
        call('heritage.restore', input, () => heritage.restore(input.file, input.version)),
      ),
      forgetVersions: os.forgetVersions.handler(({ input, signal }) =>
        call(
          input.dryRun ? 'heritage.forgetVersions dry' : 'heritage.forgetVersions',
          input,
          () => heritage.forget(input.file, input.dryRun),
          signal,
        ),
      ),
    },
  };
}
