import type { ConnectedContext } from './context.ts';
import { runFor, WAITING } from './run-argument.ts';

const NONE = 'Nothing was delegated in this folder yet. `Take the Wheel…` begins.';

/** The whole run as a page: plan, files, what runs for real, how it went. */
export async function showRun(context: ConnectedContext, argument: unknown): Promise<void> {
  const run = await runFor(context, argument, null, NONE);
  if (run) await context.wheel().showPage(run.id);
}

/** The run's files side by side. */
export async function showRunFiles(context: ConnectedContext, argument: unknown): Promise<void> {
  const run = await runFor(context, argument, WAITING, 'No run waits for an answer.');
  if (run) await context.wheel().showFiles(run);
}

export async function showReport(context: ConnectedContext, argument: unknown): Promise<void> {
  const run = await runFor(context, argument, null, NONE);
  if (!run) return;
  const { folders, clock } = context;
  await context.wheel().reports.show(run, folders.byPath(run.workspace), clock.now());
}
