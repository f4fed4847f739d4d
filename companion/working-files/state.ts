import type { Decision, Loop, Settings } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import { workingDay } from './day.ts';
import { type Day, newDay, readDay } from './day-state.ts';
import { type NowView, nowView } from './now-view.ts';
import type { AttachedWorkspace, WorkingFilesPorts } from './ports.ts';
import type { Times } from './times.ts';
import type { Zone } from './zone.ts';

/** Everything that the working files are rendered from, without private loops. */
export interface WorkingState {
  /** The last event that it knows of. */
  seq: number;
  loops: Loop[];
  decisions: Decision[];
  day: Day;
  now: NowView;
  times: Times;
  /** A loop of this workspace, of whatever status. */
  loop(id: string): Loop | null;
}

export interface StateSource {
  mind: Mind;
  ports: WorkingFilesPorts;
  workspace: AttachedWorkspace;
  settings: Settings['loops'];
  zone: Zone;
}

export function readState(
  { mind, ports, workspace, settings, zone }: StateSource,
  now: number,
): WorkingState {
  const seq = mind.seq;
  const loops = ports.loops(workspace).filter((loop) => !loop.private);
  const today = workingDay(now, settings.dayStartsAt, zone);
  const day = mind.read((reader) => readDay(reader, workspace.id)) ?? newDay(today);
  const loop = (id: string): Loop | null => {
    const found = ports.loop(id);
    return found?.workspace === workspace.path ? found : null;
  };
  return {
    seq,
    loops,
    decisions: ports.decisions(workspace),
    day,
    now: nowView(day, loops, settings.shown, loop),
    times: { zone, dayStartsAt: settings.dayStartsAt },
    loop,
  };
}
