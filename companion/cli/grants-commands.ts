import type { Api } from '../client/index.ts';
import { ago, count, duration } from '../kernel/index.ts';
import { type Grant, type WheelCapability, wheelCapability } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { type Output, paint } from './output.ts';
import { workspaceFolder } from './session.ts';

type Verb = (words: readonly string[], args: Arguments, output: Output, api: Api) => Promise<void>;

const VERBS: Readonly<Record<string, Verb>> = {
  async list(words, args, output, api) {
    if (words.length > 0)
      throw new UsageError(`grants list: expected nothing more; received "${words.join(' ')}"`);
    const folder = text(args, 'workspace');
    const all = await api.grants.list(folder === undefined ? {} : { workspace: workspaceFolder(folder) });
    const now = Date.now();
    output.result(all, () =>
      all.length === 0
        ? 'You gave no leave. Each run waits for your click.'
        : all.map((grant) => grantText(grant, now)).join('\n'),
    );
  },

  async give([capability, ...argv], args, output, api) {
    const days = text(args, 'days');
    if (days !== undefined && !(Number(days) > 0))
      throw new UsageError(`--days: expected a number above 0; received "${days}"`);
    const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
    const grant = await api.grants.give({
      capability: known(capability),
      workspace: path,
      paths: (args.values.path ?? []) as unknown as string[],
      argv: argv.length > 0 ? argv : null,
      silence: args.values.silence === true,
      ...(days !== undefined && { days: Number(days) }),
    });
    output.result(grant, () => grantText(grant, Date.now()));
  },

  async revoke([id, ...rest], _args, output, api) {
    if (!id || rest.length > 0)
      throw new UsageError('grants revoke: expected the id of one; `progeny grants list` shows them');
    const grant = await api.grants.revoke({ id });
    output.result(grant, () => `Taken back: ${grant.id}. It counts at once.`);
  },
};

export const grantsCommand: Command = {
  usage:
    'grants list [--workspace DIR] | grants give CAPABILITY [--path DIR ...] [--silence] [--days N] [-- PROGRAM ARGUMENT ...] | grants revoke ID',
  summary: 'The leave that you gave for delegated work: for one capability, in one folder, for a time',
  options: {
    path: { type: 'string', multiple: true },
    silence: { type: 'boolean' },
    days: { type: 'string' },
  },
  starts: true,
  async run(args, output, api) {
    const [verb = 'list', ...words] = args.words;
    const found = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!found) throw new UsageError(`grants: expected ${Object.keys(VERBS).join(', ')}; received "${verb}"`);
    await found(words, args, output, api);
  },
};

function known(capability: string | undefined): WheelCapability {
  const found = wheelCapability.options.find((each) => each === capability);
  if (found) return found;
  throw new UsageError(
    `grants give: expected ${wheelCapability.options.join(', ')}; received ${capability === undefined ? 'nothing' : `"${capability}"`}`,
  );
}

function grantText(grant: Grant, now: number): string {
  const { capability, argv, paths, silence, workspace, uses, revokedAt, expiresAt, id } = grant;
  const standing =
    revokedAt !== null
      ? `taken back ${ago(revokedAt, now)}`
      : expiresAt <= now
        ? `over since ${ago(expiresAt, now)}`
        : `for ${duration(expiresAt - now)} more`;
  const about = [capability, ...(argv ? [JSON.stringify(argv)] : []), ...(silence ? ['by silence'] : [])];
  const where = paths.length > 0 ? `${workspace}, below ${paths.join(', ')}` : workspace;
  const used = uses === 0 ? 'never used' : `used ${count(uses, 'time')}`;
  return `${about.join(' ')} · ${standing} · ${used}\n${paint('dim', `     ${where} · ${id}`)}`;
}
