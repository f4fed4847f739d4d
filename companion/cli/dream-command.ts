import { duration } from '../kernel/index.ts';
import type { Dream } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { cut, paint } from './output.ts';
import { followJob } from './session.ts';

export const dreamCommand: Command = {
  usage: 'dream [--force] [--status]',
  summary:
    'Consolidate memory now, as every night: merge, draw themes, sum up, check; Ctrl-C cancels. --status: the last time',
  options: { force: { type: 'boolean' }, status: { type: 'boolean' } },
  starts: true,
  async run(args, output, api) {
    if (args.values.status) {
      const last = await api.dreams.last({});
      return output.result(last, () => (last ? dreamText(last) : 'There has been no dream yet.'));
    }
    const { job, message } = await api.dreams.run({ force: args.values.force === true });
    if (job === null) {
      const hint = args.values.force ? '' : ' `progeny dream --force` runs it all the same.';
      return output.result({ job, message, dream: await api.dreams.last({}) }, () => `${message}${hint}`);
    }
    const cancel = () => void api.jobs.cancel({ id: job.id }).catch(() => {});
    process.on('SIGINT', cancel);
    output.note(message);
    const ended = await followJob(api, job.id, output.progress).finally(() => process.off('SIGINT', cancel));
    if (ended?.status === 'failed') throw new Error(ended.message);
    const dream = await api.dreams.last({});
    output.result({ job: ended, message, dream }, () =>
      ended?.status === 'cancelled'
        ? 'Cancelled. What was done stays; `progeny dream` goes on from there.'
        : dream
          ? dreamText(dream)
          : message,
    );
    // Ctrl-C is no success to a script.
    if (ended?.status === 'cancelled') process.exitCode = 130;
  },
};

const LABEL = 9;

/** A dream for a terminal of 100 columns. */
export function dreamText(dream: Dream): string {
  const { day, status, startedAt, finishedAt, lines, theme, review, stages } = dream;
  const at = new Date(startedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const took = finishedAt === null ? '' : `, took ${seconds(finishedAt - startedAt)}`;
  const head = paint('bold', `Dream of ${day} · ${at}${status === 'skipped' ? '' : took}`);
  if (status === 'skipped') return `${head}\n${labelled('Skipped', 'There was too little that is new.')}`;
  if (status !== 'done') {
    const now =
      stages.find(({ state }) => state === 'running') ?? stages.find(({ state }) => state === 'waiting');
    const how = status === 'running' ? 'Under way' : 'Cancelled';
    return `${head}\n${labelled(how, now ? `at "${now.title}", ${place(dream, now.name)}` : '')}`;
  }
  const rows = lines.map((line, i) => labelled(i === 0 ? 'Done' : '', line));
  if (theme) rows.push(labelled('Theme', `most of what is new: ${theme.name.join(', ') || theme.id}`));
  rows.push(...review.map(({ text }, i) => labelled(i === 0 ? 'Review' : '', text)));
  return [head, ...rows].join('\n');
}

function place({ stages }: Dream, name: string): string {
  return `${stages.findIndex((stage) => stage.name === name) + 1} of ${stages.length}`;
}

function seconds(ms: number): string {
  return ms < 90_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : duration(ms);
}

function labelled(label: string, text: string): string {
  return cut(`${label.padEnd(LABEL)} ${text}`, 200);
}
