import type { Settings } from '../protocol/index.ts';
import type { Waits } from './adaptation.ts';
import type { ToLocal } from './local-time.ts';

/**
 * What the policy decides by, beside its state. Every number comes from the settings in force at the moment, so
 * that whatever adapts them (within the limits of their schema) needs no word with the policy.
 */
export interface Rules {
  readonly settings: Settings;
  readonly local: ToLocal;
  /** How long a boundary must have lasted before it may be used, where the log says that it is rarely welcome. */
  readonly waits?: Waits;
}
