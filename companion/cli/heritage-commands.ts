import type { Api } from '../client/index.ts';
import { ago, count } from '../kernel/index.ts';
import {
  type HeritageDiff,
  type HeritageDocument,
  type HeritageFile,
  type HeritageForgotten,
  heritageFile,
} from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, UsageError } from './options.ts';
import { type Output, paint } from './output.ts';

const USAGE =
  'heritage [show [FILE]] | versions FILE | diff FILE [FROM [TO]] | restore FILE VERSION | edit-path [FILE] | forget-versions FILE --yes';

/** What a heritage command does with its words, the first of which named it. */
type Verb = (words: readonly string[], output: Output, api: Api, args: Arguments) => Promise<void>;

const VERBS: Readonly<Record<string, Verb>> = {
  async show([name], output, api) {
    const wanted = name === undefined ? null : fileOf(name);
    const documents = (await api.heritage.get({})).filter(({ file }) => wanted === null || file === wanted);
    output.result(documents, () => documents.map((each) => documentText(each, Date.now())).join('\n\n'));
  },

  async versions([name], output, api) {
    const file = fileOf(name);
    const versions = await api.heritage.versions({ file, limit: 1000 });
    output.result(versions, () =>
      versions.length === 0
        ? `Nothing was said of ${file} yet.`
        : versions
            .map(({ version, at, source, reason }) => {
              const when = paint('dim', ago(at, Date.now()).padEnd(14));
              return `${String(version).padStart(4)}  ${when}  ${source.padEnd(11)}  ${reason}`;
            })
            .join('\n'),
    );
  },

  async diff([name, from, to], output, api) {
    const file = fileOf(name);
    const diff = await api.heritage.diff({
      file,
      ...(from !== undefined && { from: versionOf(from) }),
      ...(to !== undefined && { to: versionOf(to) }),
    });
    output.result(diff, () => diffText(diff));
  },

  async restore([name, version], output, api) {
    const file = fileOf(name);
    const document = await api.heritage.restore({ file, version: versionOf(version) });
    output.result(
      document,
      () => `Version ${version} of ${file} is in force again, as version ${document.version}.`,
    );
  },

  async 'edit-path'([name], output, api) {
    const wanted = name === undefined ? null : fileOf(name);
    const documents = (await api.heritage.get({})).filter(({ file }) => wanted === null || file === wanted);
    const paths = documents.map(({ path }) => path);
    output.result(paths, () => paths.join('\n'));
  },

  async 'forget-versions'([name], output, api, args) {
    const file = fileOf(name);
    if (!args.values.yes) {
      const would = await api.heritage.forgetVersions({ file, dryRun: true });
      return output.result(would, () =>
        would.versions + would.rejected === 0
          ? `There is no old version of ${file}, and no refused hand edit beside it.`
          : `This would forget ${whatGoes(would)} of ${file}.${heldBy(would)} Say so with --yes.`,
      );
    }
    const gone = await api.heritage.forgetVersions({ file });
    output.result(gone, () => `Forgot ${whatGoes(gone)} of ${file}.${heldBy(gone)}`);
  },
};

export const heritageCommands: Readonly<Record<string, Command>> = {
  heritage: {
    usage: USAGE,
    summary: 'Who you are to Progeny, how you like to work, what it learned; its versions, and files to edit',
    options: { yes: { type: 'boolean' } },
    starts: true,
    async run(args, output, api) {
      const [verb = 'show', ...rest] = args.words;
      const known = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
      if (!known)
        throw new UsageError(`heritage: expected ${Object.keys(VERBS).join(', ')}; received "${verb}"`);
      await known(rest, output, api, args);
    },
  },
};

function whatGoes({ versions, rejected }: HeritageForgotten): string {
  const parts = [
    ...(versions > 0 || rejected === 0 ? [count(versions, 'old version')] : []),
    ...(rejected > 0 ? [count(rejected, 'refused edit')] : []),
  ];
  return parts.join(' and ');
}

function heldBy({ backups }: HeritageForgotten): string {
  return backups.length > 0
    ? ` ${count(backups.length, 'backup')} may hold them until they expire; a restored one forgets them again.`
    : '';
}

function documentText(
  { file, path, version, at, source, reason, content }: HeritageDocument,
  now: number,
): string {
  const how =
    version === 0 ? 'nothing said yet' : `version ${version}, ${ago(at, now)}, by ${source}: ${reason}`;
  const { version: _, ...fields } = content;
  const lines = Object.entries(fields).flatMap(([name, value]) => fieldText(name, value));
  return [`${file} ${paint('dim', `(${how})`)}`, ...lines, paint('dim', `  ${path}`)].join('\n');
}

function fieldText(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.map((each) => `  ${name}: ${itemText(each)}`);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([key, each]) => `  ${key}: ${String(each)}`);
  return value === '' ? [] : [`  ${name}: ${String(value)}`];
}

function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const { text, except, from, until } = item as Record<string, string | null>;
  if (text !== undefined) return except ? `${text}, except ${except}` : String(text);
  return `${from} to ${until}`;
}

function diffText({ file, from, to, words, lines }: HeritageDiff): string {
  if (to === 0) return `Nothing was said of ${file} yet.`;
  if (words.length === 0) return `Versions ${from} and ${to} of ${file} say the same.`;
  const signs = { same: '  ', added: '+ ', removed: '- ' } as const;
  const colours = { same: 'dim', added: 'green', removed: 'red' } as const;
  return [
    `${file}, from version ${from} to ${to}`,
    ...words,
    '',
    ...lines.map(({ kind, text }) => paint(colours[kind], `${signs[kind]}${text}`)),
  ].join('\n');
}

function fileOf(name: string | undefined): HeritageFile {
  const file = heritageFile.safeParse(name);
  if (file.success) return file.data;
  throw new UsageError(
    `heritage: expected ${heritageFile.options.join(', ')}; received ${name === undefined ? 'nothing' : `"${name}"`}`,
  );
}

function versionOf(given: string | undefined): number {
  const version = Number(given);
  if (given !== undefined && Number.isInteger(version) && version >= 0) return version;
  throw new UsageError(
    `heritage: expected the number of a version, as \`progeny heritage versions FILE\` shows it; received ${given === undefined ? 'nothing' : `"${given}"`}`,
  );
}
