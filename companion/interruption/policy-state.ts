import type { Moment, WindowState } from './moments.ts';

/**
 * What keeps a candidate silent. `boundary`: no boundary is open; `workspace`: the focused window has another
 * folder open; `early`: a boundary that is rarely welcome, and only just open; `outranked`: another candidate took the moment; `weekly`: work at risk was told within a week;
 * the last three end an attempt or a life.
 */
export type Gate =
  | 'paused'
  | 'quiet'
  | 'day'
  | 'refractory'
  | 'weekly'
  | 'unfocused'
  | 'workspace'
  | 'debugging'
  | 'prompt'
  | 'typing'
  | 'boundary'
  | 'early'
  | 'outranked'
  | 'undelivered'
  | 'expired'
  | 'withdrawn';

/** A decision to stay silent, as it is recorded. */
export interface Silence {
  readonly candidate: string;
  readonly subject: string;
  readonly moment: Moment | 'none';
  readonly gate: Gate;
}

/** A tap that was shown, newest last. Kept for as long as it may matter to the budget. */
export interface Shown {
  readonly candidate: string;
  readonly subject: string;
  readonly at: number;
}

/** A candidate that waits for its moment. */
export interface Pending {
  readonly id: string;
  readonly subject: string;
  readonly workspace: string | null;
  readonly bypass: boolean;
  readonly bornAt: number;
  /** The last silence that was recorded. */
  readonly last: { readonly gate: Gate; readonly moment: Moment | 'none' } | null;
  /** False for one that is known from the log alone, until it is proposed again: only its age is known. */
  readonly present: boolean;
}

/** All that the policy knows. Plain data. */
export interface PolicyState {
  // What outlives the process; `restore` makes it from the table.
  readonly pausedUntil: number;
  readonly shown: readonly Shown[];
  /** Dismissals since the last engagement. */
  readonly dismissals: number;
  readonly pending: readonly Pending[];
  /** What is not told again: shown, or expired unshown. By candidate id. */
  readonly told: Readonly<Record<string, { readonly at: number; readonly why: 'shown' | 'expired' }>>;
  // What is of the moment.
  readonly windows: Readonly<Record<string, WindowState>>;
  readonly focused: string | null;
  /** When the user last typed, in any window. */
  readonly typedAt: number;
  /** The tap that waits for its answer. */
  readonly open: {
    readonly pending: Pending;
    readonly window: string;
    readonly moment: Moment;
    readonly at: number;
    /** It was withdrawn meanwhile: nothing to come back to. */
    readonly withdrawn: boolean;
  } | null;
}

export const emptyPolicy: PolicyState = {
  pausedUntil: 0,
  shown: [],
  dismissals: 0,
  pending: [],
  told: {},
  windows: {},
  focused: null,
  typedAt: 0,
  open: null,
};

export function silence({ id, subject }: Pending, moment: Silence['moment'], gate: Silence['gate']): Silence {
  return { candidate: id, subject, moment, gate };
}
