/** A button of a tap. `later` and `not_useful` are understood here; what the others mean is the caller's business. */
export interface TapAction {
  readonly id: 'show' | 'brief' | 'later' | 'not_useful';
  readonly label: string;
}

/** Something that may be worth a tap. Whether and when it is told is decided by the policy. */
export interface Candidate {
  /**
   * `kind:subject:period`: the same for as long as it is the same thing to tell. It is written to the log, so it
   * holds ids and enum words only, never what a user wrote.
   */
  readonly id: string;
  /** The id of what it is about: a loop, a workspace. */
  readonly subject: string;
  /** The folder whose window may tell it; null for any. */
  readonly workspace: string | null;
  readonly text: string;
  /** What it rests on, in words. */
  readonly why: string;
  readonly actions: readonly TapAction[];
  /** Passes the budget (systems.md, section 2, "Bypass"); every other gate holds for it too. */
  readonly bypass: boolean;
}

/** The first word of a candidate's id. */
export function kindOf(candidateId: string): string {
  return candidateId.slice(0, candidateId.indexOf(':'));
}
