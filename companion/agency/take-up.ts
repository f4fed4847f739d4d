import type { Busy } from './busy.ts';
import { recoverRun } from './recover.ts';
import { isActing, isWaiting } from './run-machine.ts';
import type { StoredRun } from './run-row.ts';
import type { Told } from './runs.ts';
import type { TakeBackOptions } from './take-back.ts';
import { undoRun } from './undo.ts';

/** Brings a run that an earlier process left to a state that can be said; what waits goes on waiting. */
export async function takeUp(
  run: StoredRun,
  options: TakeBackOptions & { readonly busy: Busy },
): Promise<void> {
  const { runs, files, busy } = options;
  const { id, status, undoing } = run;
  if (status === 'planning') {
    const reason = 'Progeny was ended while it planned. Ask for it again.';
    runs.move(id, 'failed', told('failed'), { change: { reason } });
  } else if (isWaiting(status)) {
    if ((await files.load(id)) === null) {
      const reason = 'Its bytes are gone from the data directory. Ask for it again.';
      runs.move(id, 'expired', told('expired'), { change: { reason } });
    } else if (status === 'counting') {
      // Whoever said yes is not connected any more.
      const reason = 'Progeny was ended while it counted down, so your yes is asked for again.';
      runs.move(id, 'recalled', told('recalled'), { change: { consent: null, accepted: null, reason } });
    }
  } else if (isActing(status)) {
    await busy.keep(id, () => recoverRun(id, options));
  } else if (undoing !== null) {
    const kept = await files.load(id);
    await busy.keep(id, () => undoRun(id, undoing.files, kept, options));
  }
}

function told(result: string): Told {
  return { act: 'recovered', actor: 'companion', result };
}
