import type { Clock, CpuBudget, Logger } from './kernel/index.ts';
import type { Health, Settings } from './protocol/index.ts';
import type { SavedFiles } from './saved-files.ts';
import { type SensorHealth, sqlSink, startSensing } from './sensors/index.ts';
import type { Mind } from './store/index.ts';
import type { WorkTimeline } from './work-timeline.ts';
import type { WorkspacesOptions } from './workspaces/index.ts';

export interface SensingParts {
  mind: Mind;
  clock: Clock;
  logger: Logger;
  dataDirectory: string;
  settings: () => Settings['sensors'];
  /** Shared by all workspaces, so that together they stay within it. */
  budget: CpuBudget;
  timeline: WorkTimeline;
  /** Told of what was saved. */
  saved: SavedFiles;
}

const LEVELS: Readonly<Record<SensorHealth['state'], Health['level']>> = {
  ok: 'info',
  degraded: 'warning',
  gone: 'error',
};

/** How the workspaces room starts to sense a folder. */
export function sensingOf({
  mind,
  clock,
  logger,
  dataDirectory,
  settings,
  budget,
  timeline,
  saved,
}: SensingParts): WorkspacesOptions['startSensing'] {
  return (workspace, onChange, onHealth) => {
    let gone = false;
    const sensing = startSensing({
      workspace: workspace.path,
      settings: settings(),
      clock,
      logger,
      sink: timeline.tee(sqlSink(mind, workspace.id), workspace),
      dataDirectory,
      budget,
      onChange,
      onHealth: ({ at, state, reason, message }) => {
        // Trouble with writing says nothing about the folder.
        if (reason !== 'sink' && (state === 'gone') !== gone) {
          gone = state === 'gone';
          onChange({ kind: gone ? 'gone' : 'back' });
        }
        const subject = `${reason === 'sink' ? 'recording' : 'watching'} ${workspace.name}`;
        onHealth({ subject, level: LEVELS[state], message, at });
      },
    });
    return {
      report(signals) {
        timeline.heard(workspace, signals);
        saved.heard(workspace.path, signals);
        return sensing.report(signals);
      },
      dispose: () => sensing.dispose(),
    };
  };
}
