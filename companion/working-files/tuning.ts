import path from 'node:path';
import type { Clock } from '../kernel/index.ts';
import type { Disk } from '../kernel/node.ts';
import type { Mind } from '../store/index.ts';
import { TUNING } from './names.ts';
import type { Place } from './place.ts';
import { recordWritten, writtenDigest } from './written-rows.ts';

export const TUNING_TEXT = `# Tuning

Write here, in your own words, how Progeny should work with you in this folder: what matters, what to leave alone, how to speak.
Progeny made this file once and never changes it.
`;

export interface TuningOptions {
  disk: Disk;
  mind: Mind;
  clock: Clock;
  workspaceId: string;
}

/** Makes `tuning.md` once for each new folder. Afterwards it is the user's alone, also where they deleted it. */
export async function makeTuning(
  { disk, mind, clock, workspaceId }: TuningOptions,
  place: Place,
  isNew: boolean,
  text: string = TUNING_TEXT,
): Promise<void> {
  const row = `${place.kind}/${TUNING}`;
  if (!isNew && mind.read((reader) => writtenDigest(reader, workspaceId, row)) !== null) return;
  await disk.replace(path.join(place.folder, TUNING), text, null);
  mind.record((writer) => recordWritten(writer, workspaceId, row, mind.digest(text), clock.now()));
}
