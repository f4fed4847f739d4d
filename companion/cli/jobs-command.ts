import { ago } from '../kernel/index.ts';
import type { Job } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { text, wholeNumber } from './options.ts';
import { cut, paint } from './output.ts';

const AGO = 12;
const STATUS = 10;

export const jobsCommand: Command = {
  usage: 'jobs [--limit N] [--cancel JOB]',
  summary: 'Work in the background: what runs, what waits, how the rest ended',
  options: { limit: { type: 'string' }, cancel: { type: 'string' } },
  starts: true,
  async run(args, output, api) {
    const id = text(args, 'cancel');
    if (id !== undefined) {
      const job = await api.jobs.cancel({ id });
      const ended = job.status === 'done' || job.status === 'failed';
      return output.result(job, () =>
        ended ? `It had ended already: ${job.message}` : `Cancelled: ${job.kind}.`,
      );
    }
    const limit = wholeNumber(args, 'limit', { otherwise: 20 });
    const jobs = await api.jobs.list({ limit });
    output.result(jobs, () =>
      jobs.length === 0 ? 'Nothing has run yet.' : jobs.map((job) => rowText(job, Date.now())).join('\n'),
    );
  },
};

/** One job on one line of a terminal; what can be cancelled is followed by its id. */
function rowText({ id, kind, subject, status, progress, message, updatedAt }: Job, now: number): string {
  const going = status === 'running' || status === 'queued';
  const share = status === 'running' && progress !== null ? ` ${Math.round(progress * 100)} %` : '';
  const line = cut(
    `${ago(updatedAt, now).padEnd(AGO)} ${status.padEnd(STATUS)} ${kind} ${subject}:${share} ${message}`,
  );
  return going ? `${line}\n${' '.repeat(AGO + 1)}${id}` : paint(status === 'failed' ? 'red' : 'dim', line);
}
