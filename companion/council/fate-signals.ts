import type { MaskPriorities } from '../protocol/index.ts';
import type { FateMeasure, FateMeasures } from './fate-measures.ts';
import { HISTORY } from './history-signals.ts';
import type { Rule } from './signal-rule.ts';
import { WORK } from './work-signals.ts';

/** One reading of the measures: -1 speaks for letting the thread go, 1 for keeping it. */
export interface Signal {
  readonly cites: readonly FateMeasure[];
  /** The concern that it belongs to: a mask that cares more about it hears it louder. */
  readonly concern: keyof MaskPriorities;
  readonly value: number;
  /** A clause that can stand after "because" and states the measures. */
  readonly words: string;
}

const RULES = { ...HISTORY, ...WORK };

export type SignalName = keyof typeof RULES;

/** What one rule reads in the measures; null where they are missing. Pure. */
export function readSignal(name: SignalName, measures: FateMeasures): Signal | null {
  const { cites, concern, read } = RULES[name] as Rule;
  const found = read(measures);
  return found && { cites, concern, ...found };
}
