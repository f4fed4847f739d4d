import type { Api } from '../client/index.ts';
import type { Output } from './output.ts';

const EVERY_MS = 250;

/** Tells the progress of a job until it is done. Throws its last words where it was not. */
export async function followJob(id: string, output: Output, api: Api): Promise<void> {
  for (;;) {
    const job = (await api.jobs.list({})).find((each) => each.id === id);
    if (job?.status === 'done') return;
    if (!job || job.status === 'failed' || job.status === 'cancelled')
      throw new Error(job?.message ?? 'The job is gone.');
    output.progress(`${job.message} ${job.progress === null ? '' : `${Math.floor(job.progress * 100)} %`}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
