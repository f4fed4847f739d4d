import { confirm, isCancel } from '@clack/prompts';
import type { Api } from '../client/index.ts';
import { ago, count } from '../kernel/index.ts';
import type { SnapshotInfo } from '../protocol/index.ts';
import { dispatch, type Verb } from './adviser-commands.ts';
import type { Command } from './commands.ts';
import { text, UsageError } from './options.ts';
import { type Output, paint } from './output.ts';
import { workspaceFolder } from './session.ts';

type Change = Awaited<ReturnType<Api['snapshots']['show']>>['changes'][number];

const MOST_SHOWN = 40;
const MARK = { added: '+', changed: '~', deleted: '-' } as const;

const SNAPSHOTS: Readonly<Record<string, Verb>> = {
  async list(_words, args, output, api) {
    const workspace = args.values.all === true ? undefined : workspaceFolder(text(args, 'workspace'));
    const kept = await api.snapshots.list(workspace === undefined ? {} : { workspace });
    output.result(kept, () => {
      const rows = kept.snapshots.map((each) => rowText(each, workspace === undefined));
      const room = `All folders together: ${size(kept.bytes)} of ${size(kept.limitBytes)}.`;
      const none = `No snapshot is kept${workspace === undefined ? '' : ' of this folder; `--all` looks at every folder'}.`;
      return [...(rows.length > 0 ? rows : [none]), room].join('\n');
    });
  },
  async show(words, _args, output, api) {
    const [id] = theId('show', words);
    const shown = await api.snapshots.show({ id });
    output.result(shown, () => {
      const { snapshot, changes } = shown;
      const uncovered = snapshot.uncovered.map((line) => `  ${line}`);
      return [
        rowText(snapshot, true),
        ...(uncovered.length > 0 ? ['Not kept:', ...uncovered] : []),
        changes.length === 0 ? 'The folder stands as it did then.' : 'Since then:',
        ...changesText(changes, (kind) => kind),
      ].join('\n');
    });
  },
  async restore(words, args, output, api) {
    const [id, ...files] = theId('restore', words);
    const { snapshot, changes } = await api.snapshots.show({ id });
    const named = files.map((file) => file.replaceAll('\\', '/').replace(/^\.\//, ''));
    const same = named.filter((file) => !changes.some((change) => change.path === file));
    if (same.length > 0)
      throw new UsageError(
        `snapshots restore: ${same.join(', ')}: not changed since, or not there then. \`progeny snapshots show ${id}\` lists what changed`,
      );
    const going = named.length > 0 ? changes.filter(({ path }) => named.includes(path)) : changes;
    if (going.length === 0) {
      const nothing = { restored: [], conflicts: [], before: null };
      return output.result(nothing, () => 'The folder stands as it did then. Nothing was changed.');
    }
    if (args.values.yes !== true) {
      // What came since goes, what went comes back.
      const back = { added: 'deleted', changed: 'changed', deleted: 'added' } as const;
      output.note(`In ${snapshot.workspace} this would change:`);
      for (const line of changesText(going, (kind) => back[kind])) output.note(line);
      if (!(await agreed('Put these back?', output)))
        return output.result({ restored: [], conflicts: [], before: null, changes: going }, () =>
          [`Nothing was changed: ${count(going.length, 'file')} would be. \`--yes\` does it.`].join('\n'),
        );
    }
    const done = await api.snapshots.restore({ id, ...(named.length > 0 && { files: named }) });
    if (done.conflicts.length > 0) process.exitCode = 1;
    output.result(done, () =>
      [
        `Put back ${count(done.restored.length, 'file')}. How it stood before is kept: \`progeny snapshots restore ${done.before.id}\` goes back to it.`,
        ...(done.conflicts.length > 0 ? ['Left as they are:'] : []),
        ...done.conflicts.map(({ path, why }) => `  ${path}  ${paint('dim', why)}`),
      ].join('\n'),
    );
  },
  async prune(words, args, output, api) {
    if (words.length > 0)
      throw new UsageError(
        `snapshots prune: expected --before DATE or nothing; received "${words.join(' ')}"`,
      );
    const given = text(args, 'before');
    const before = given === undefined ? undefined : Date.parse(given);
    if (before !== undefined && Number.isNaN(before))
      throw new UsageError(`--before: expected a date such as 2026-05-31; received "${given}"`);
    const workspace = text(args, 'workspace');
    const where = workspace === undefined ? {} : { workspace: workspaceFolder(workspace) };
    if (before !== undefined && args.values.yes !== true) {
      const going = (await api.snapshots.list(where)).snapshots.filter(({ at }) => at < before);
      for (const each of going) output.note(rowText(each, true));
      const question = `Let ${count(going.length, 'snapshot')} go? This cannot be taken back.`;
      if (going.length === 0 || !(await agreed(question, output)))
        return output.result({ removed: 0, freed: 0, would: going.length }, () =>
          going.length === 0
            ? 'None is older.'
            : `Nothing was removed: ${count(going.length, 'snapshot')} would go. \`--yes\` does it.`,
        );
    }
    const done = await api.snapshots.prune({ ...where, ...(before !== undefined && { before }) });
    output.result(
      done,
      () => `Let ${count(done.removed, 'snapshot')} go; ${size(done.freed)} are free again.`,
    );
  },
};

export const snapshotsCommand: Command = {
  usage:
    'snapshots [list] [--all] | snapshots show ID | snapshots restore ID [FILE ...] [--yes] | snapshots prune [--before DATE] [--yes]',
  summary: 'Folders as they stood before and after delegated work: look, go back, make room',
  options: { all: { type: 'boolean' }, yes: { type: 'boolean' }, before: { type: 'string' } },
  starts: true,
  run: (args, output, api) => dispatch('snapshots', SNAPSHOTS, args, output, api),
};

function theId(verb: string, words: readonly string[]): [string, ...string[]] {
  const [id, ...files] = words;
  if (id) return [id, ...files];
  throw new UsageError(
    `snapshots ${verb}: expected the id of a snapshot; received nothing. \`progeny snapshots list\` shows them`,
  );
}

/** Whether a person says yes; nobody is asked where nobody could answer. */
async function agreed(question: string, output: Output): Promise<boolean> {
  if (output.json || !process.stdin.isTTY || !process.stdout.isTTY) return false;
  const answer = await confirm({ message: question, initialValue: false });
  return !isCancel(answer) && answer;
}

function rowText({ id, at, why, run, workspace }: SnapshotInfo, whole: boolean): string {
  const facts = [id, ...(run === null ? [] : [run]), ...(whole ? [workspace] : [])].join(' · ');
  return `${ago(at, Date.now()).padEnd(14)} ${why}\n     ${paint('dim', facts)}`;
}

function changesText(changes: readonly Change[], as: (kind: Change['kind']) => Change['kind']): string[] {
  const rows = changes.slice(0, MOST_SHOWN).map(({ path, kind }) => `  ${MARK[as(kind)]} ${path}`);
  const more = changes.length - MOST_SHOWN;
  return more > 0 ? [...rows, `  … and ${more} more`] : rows;
}

function size(bytes: number): string {
  const MB = 1024 * 1024;
  return bytes < MB ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / MB)} MB`;
}
