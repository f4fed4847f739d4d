import type { ParseArgsOptionsConfig } from 'node:util';
import type { Api } from '../client/index.ts';
import { ago, duration } from '../kernel/index.ts';
import { advisersCommand } from './adviser-commands.ts';
import { auditCommand } from './audit-commands.ts';
import { briefText, loopLine } from './brief-text.ts';
import { chatCommands } from './chat-commands.ts';
import { councilCommand } from './council-commands.ts';
import { dreamCommand } from './dream-command.ts';
import { forgetCommand } from './forget-command.ts';
import { grantsCommand } from './grants-commands.ts';
import { guildCommand } from './guild-commands.ts';
import { heritageCommands } from './heritage-commands.ts';
import { importCommands } from './import-commands.ts';
import { initCommand } from './init-command.ts';
import { interruptionCommands } from './interruption-commands.ts';
import { jobsCommand } from './jobs-command.ts';
import { languageCommands } from './language-commands.ts';
import { mcpCommands } from './mcp-commands.ts';
import { memoryCommands } from './memory-commands.ts';
import { modelCommands } from './model-commands.ts';
import { type Arguments, parsePlace, text, UsageError } from './options.ts';
import type { Output } from './output.ts';
import { patternsCommand } from './patterns-command.ts';
import { reviewCommand } from './review-command.ts';
import { selfCommands } from './self-commands.ts';
import { openAndRead, workspaceFolder } from './session.ts';
import { snapshotsCommand } from './snapshot-commands.ts';
import { storyCommand } from './story-command.ts';
import { traceCommands } from './trace-commands.ts';
import { wheelCommand } from './wheel-commands.ts';

/** A command of `progeny` that speaks to the companion through the contract. */
export interface Command {
  usage: string;
  summary: string;
  options?: ParseArgsOptionsConfig;
  /** Whether to start a companion where none runs; else `api` is null there. */
  starts: boolean;
  run(args: Arguments, output: Output, api: Api): Promise<void>;
}

export const commands: Readonly<Record<string, Command>> = {
  init: initCommand,
  brief: {
    usage: 'brief [--workspace DIR]',
    summary: 'Where you are: what you did last, what is in flight, what changed, what is next',
    starts: true,
    async run(args, output, api) {
      const { path } = await openAndRead(api, workspaceFolder(text(args, 'workspace')), output.progress);
      const brief = await api.brief.get({ workspace: path });
      output.result(brief, () => briefText(brief));
    },
  },
  loops: {
    usage: 'loops [--all] [--status STATUS] [--workspace DIR] | loops done|drop|defer|open ID [--days N]',
    summary: 'Your open threads of work, nearest first; or change one',
    options: { all: { type: 'boolean' }, status: { type: 'string' }, days: { type: 'string' } },
    starts: true,
    async run(args, output, api) {
      if (args.words.length > 0) return changeLoop(args, output, api);
      const { path } = await openAndRead(api, workspaceFolder(text(args, 'workspace')), output.progress);
      const status = text(args, 'status');
      const known = ['proposed', 'open', 'stale', 'deferred', 'blessed', 'dropped', 'merged'] as const;
      const wanted = status?.split(',').map((name) => {
        const found = known.find((candidate) => candidate === name);
        if (!found) throw new UsageError(`--status: expected ${known.join(', ')}; received "${name}"`);
        return found;
      });
      const loops = await api.loops.list({
        ...(args.values.all ? {} : { workspace: path }),
        ...(wanted && { status: wanted }),
        limit: 200,
      });
      output.result(loops, () =>
        loops.length === 0
          ? 'Nothing is open here.'
          : loops.map((loop, i) => `${loopLine(loop, i + 1)}`).join('\n'),
      );
    },
  },
  whisper: {
    usage: 'whisper TEXT [--at FILE:LINE] [--loop ID] [--workspace DIR]',
    summary: 'Drop a one-line note; it joins a loop or opens one',
    options: { at: { type: 'string' }, loop: { type: 'string' } },
    starts: true,
    async run(args, output, api) {
      const note = args.words.join(' ').trim();
      if (note === '') throw new UsageError('whisper: expected the text of the note; received nothing');
      const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
      const place = text(args, 'at');
      const loopId = text(args, 'loop');
      const whisper = await api.whispers.add({
        workspace: path,
        text: note,
        ...(place && parsePlace(place)),
        ...(loopId && { loopId }),
      });
      const loop = await api.loops.get({ id: whisper.loopId });
      output.result(whisper, () => `Noted in "${loop.title}".`);
    },
  },
  decide: {
    usage: 'decide QUESTION --decision TEXT [--why TEXT] [--option TEXT ...] [--workspace DIR]',
    summary: 'Record a decision with its reason',
    options: {
      decision: { type: 'string', short: 'd' },
      why: { type: 'string' },
      option: { type: 'string', multiple: true },
    },
    starts: true,
    async run(args, output, api) {
      const question = args.words.join(' ').trim();
      const made = text(args, 'decision');
      if (question === '' || !made) throw new UsageError('decide: expected a question and --decision TEXT');
      const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
      const options = args.values.option as unknown as string[] | undefined;
      const decision = await api.decisions.add({
        workspace: path,
        question,
        decision: made,
        why: text(args, 'why') ?? '',
        options: options ?? [],
      });
      output.result(decision, () => `Recorded: ${question} → ${made}`);
    },
  },
  ...chatCommands,
  ...memoryCommands,
  ...modelCommands,
  ...languageCommands,
  ...traceCommands,
  review: reviewCommand,
  patterns: patternsCommand,
  council: councilCommand,
  advisers: advisersCommand,
  guild: guildCommand,
  wheel: wheelCommand,
  grants: grantsCommand,
  audit: auditCommand,
  story: storyCommand,
  snapshots: snapshotsCommand,
  forget: forgetCommand,
  ...interruptionCommands,
  jobs: jobsCommand,
  ...importCommands,
  dream: dreamCommand,
  ...mcpCommands,
  ...selfCommands,
  ...heritageCommands,
  status: {
    usage: 'status',
    summary: 'Whether the companion runs, how it is, and an address of the web UI',
    starts: false,
    async run(_args, output, api) {
      const status = await api.system.status({});
      const { url } = await api.auth.code({});
      output.result({ running: true, ...status, url }, () =>
        [
          `${status.state} · version ${status.version} · up ${duration(status.now - status.startedAt)} · ${status.clients} connected`,
          ...status.workspaces.map(
            (w) =>
              `  ${w.name}${w.branch ? ` (${w.branch})` : ''}: ${w.openLoops} open${w.scanning ? ', reading' : ''}  ${w.path}`,
          ),
          ...status.health.map((h) => `  ${h.level}: ${h.message}`),
          `Data  ${status.dataDirectory}`,
          `Web   ${url}  (works once)`,
        ].join('\n'),
      );
    },
  },
  stop: {
    usage: 'stop',
    summary: 'Stop the companion',
    starts: false,
    async run(_args, output, api) {
      await api.system.stop({});
      output.result({ stopped: true }, () => 'Stopped.');
    },
  },
  doctor: {
    usage: 'doctor',
    summary: 'Check the set-up and say what to mend',
    starts: true,
    async run(_args, output, api) {
      const report = await api.system.doctor({});
      const mark = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' };
      output.result(report, () =>
        report.checks.map((c) => `${mark[c.result]}  ${c.name}: ${c.message}`).join('\n'),
      );
      if (report.checks.some((check) => check.result === 'failed')) process.exitCode = 1;
    },
  },
  backup: {
    usage: 'backup [--list]',
    summary: 'Take a backup now, or list those there are',
    options: { list: { type: 'boolean' } },
    starts: true,
    async run(args, output, api) {
      if (!args.values.list) {
        const made = await api.backups.create({});
        return output.result(made, () => `Backed up: ${made.id} (${(made.bytes / 1024).toFixed(0)} KB)`);
      }
      const all = await api.backups.list({});
      const now = Date.now();
      output.result(
        all,
        () =>
          all.map((b) => `${b.id}  ${ago(b.at, now)}  ${(b.bytes / 1024).toFixed(0)} KB`).join('\n') ||
          'No backups yet.',
      );
    },
  },
  restore: {
    usage: 'restore BACKUP|latest|MEMORY',
    summary:
      'Put a verified backup in the place of the store, with what was there set aside; or a memory out of its archive',
    starts: true,
    async run(args, output, api) {
      const [wanted] = args.words;
      if (!wanted)
        throw new UsageError(
          'restore: expected the id of a backup or "latest"; `progeny backup --list` shows them',
        );
      if (wanted.startsWith('memory_')) {
        const record = await api.memories.restore({ id: wanted });
        output.result(record, () => `${record.id} is out of the archive.`);
        return;
      }
      const id = wanted === 'latest' ? (await api.backups.list({}))[0]?.id : wanted;
      if (!id) throw new UsageError('restore: there is no backup yet');
      const result = await api.backups.restore({ id });
      output.result(result, () => `Restored ${id}. What was there before is in ${result.setAside}.`);
    },
  },
};

async function changeLoop(args: Arguments, output: Output, api: Api): Promise<void> {
  const [verb, id] = args.words;
  const days = Number(text(args, 'days') ?? 1);
  const changes = {
    done: { status: 'blessed' },
    drop: { status: 'dropped' },
    open: { status: 'open', deferUntil: null },
    defer: { deferUntil: Date.now() + days * 86_400_000 },
  } as const;
  const change = Object.entries(changes).find(([name]) => name === verb)?.[1];
  if (!change || !id)
    throw new UsageError(
      `loops: expected done, drop, defer or open and the id of a loop; received "${args.words.join(' ')}"`,
    );
  if (!Number.isFinite(days) || days <= 0)
    throw new UsageError(`--days: expected a number above 0; received "${text(args, 'days')}"`);
  const loop = await api.loops.update({ id, ...change });
  output.result(loop, () => `${loop.title}: ${loop.status}`);
}
