import path from 'node:path';
import { allInWords, type Disk } from '../kernel/node.ts';
import { ProgenyError } from '../protocol/index.ts';
import { applyChanges } from './apply.ts';
import { newDay, readDay } from './day-state.ts';
import { KINDS } from './kinds.ts';
import { NOW, type SyncedFile } from './names.ts';
import { nowView } from './now-view.ts';
import type { Place } from './place.ts';
import type { Change, Plan } from './plan.ts';
import { readState, type StateSource, type WorkingState } from './state.ts';

/** What became of each text, by the name of its file. */
export interface LaidOut {
  taken: string[];
  /** The file was there already, and stays as it is. */
  left: string[];
}

/** What a text says that stands in the place of a file which is not there yet. Throws `bad_input`, with the lines. */
export function planText(name: SyncedFile, text: string, state: WorkingState): Plan {
  const kind = KINDS.find((each) => each.name === name) as (typeof KINDS)[number];
  const day = newDay(state.day.day);
  const now = nowView({ ...day, fill: false }, [], 0, () => null);
  const nothing = { ...state, loops: [], decisions: [], day, now };
  const plan = kind.plan({
    disk: text,
    base: kind.render(nothing).text,
    times: state.times,
    loop: () => null,
    decision: () => null,
    day,
    changedByHand: () => new Set(),
  });
  if (plan.findings.length > 0) throw new ProgenyError('bad_input', allInWords(name, plan.findings));
  return { ...plan, changes: name === NOW ? joined(plan.changes, state) : plan.changes };
}

/** Takes texts into the store, as if a person had written them into files that are not there. */
export async function layOut(
  texts: ReadonlyMap<string, string>,
  place: Place | null,
  { disk, now, ...source }: StateSource & { disk: Disk; now: number },
): Promise<LaidOut> {
  const laid: LaidOut = { taken: [], left: [] };
  for (const { name } of KINDS) {
    const text = texts.get(name);
    if (text === undefined) continue;
    const there = place && (await disk.kindOf(path.join(place.folder, name))) !== 'missing';
    if (there || (name === NOW && hasDay(source))) {
      laid.left.push(name);
      continue;
    }
    const { changes } = planText(name, text, readState(source, now));
    source.mind.transact((tx) => {
      const data = { file: name, changes: changes.length };
      tx.emit({ type: 'working-files.laid-out', subject: source.workspace.id, data });
      applyChanges(tx, source.ports, source.workspace, name, changes);
    });
    laid.taken.push(name);
  }
  return laid;
}

/** Whether the user wrote something for the day already. */
function hasDay({ mind, workspace }: StateSource): boolean {
  const day = mind.read((reader) => readDay(reader, workspace.id));
  return day !== null && [day.focus, day.energy, day.notes, ...day.top].some((text) => text !== '');
}

/** A line of `now.md` that has the title of an open loop means that loop. */
function joined(changes: readonly Change[], { loops }: WorkingState): Change[] {
  const known = new Map<string, string>();
  const rest = changes.filter((change) => {
    const loop = change.kind === 'open-loop' && loops.find(({ title }) => title === change.loop.title);
    if (loop) known.set(change.key, loop.id);
    return !loop;
  });
  const named = (refs: readonly string[]) => refs.map((ref) => known.get(ref) ?? ref);
  return rest.map((change) =>
    change.kind === 'day'
      ? { ...change, day: { ...change.day, top: named(change.day.top), done: named(change.day.done) } }
      : change,
  );
}
