import { type Settings, settings } from '../../companion/protocol/index.ts';
import {
  Replay,
  type ReplayedSilence,
  type ReplayInput,
  type ReplayParts,
  type ReplayReport,
  StreamReader,
} from '../../companion/replay/index.ts';
import { replayParts } from '../../companion/replaying.ts';
import type { DeveloperWeeks } from './streams/developer-weeks.ts';

/** A stream as a file would hold it, read as a file is read. */
export function inputsOf(weeks: Pick<DeveloperWeeks, 'lines'>): ReplayInput[] {
  const reader = new StreamReader();
  return weeks.lines.map((line) => reader.read(JSON.stringify(line))!);
}

/** A whole replay with the parts of the product, but for what is named. */
export function replayed(
  inputs: readonly ReplayInput[],
  over: Partial<Settings['interruption']> = {},
  parts: Partial<ReplayParts> = {},
): ReplayReport & { readonly quiet: readonly ReplayedSilence[] } {
  const quiet: ReplayedSilence[] = [];
  const replay = new Replay({
    parts: { ...replayParts(), ...parts },
    settings: settings.parse({ interruption: over }),
    onSilence: (silence) => quiet.push(silence),
  });
  for (const input of inputs) replay.take(input);
  return { ...replay.finish(), quiet };
}
