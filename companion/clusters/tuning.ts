/** Numbers of the rules; docs/MEMORY.md gives the reasons. */
export const TUNING = {
  /** A subject joins a theme whose score for it is at least this. */
  join: 0.7,
  /** A member leaves below this. */
  leave: 0.6,
  /** Fewer members are no theme. */
  smallest: 3,
  /** Subjects that are held one by one; older ones live on in the centroid of their theme. */
  mostLive: 5000,
  /** So many nearest fellows speak for a theme. */
  voices: 3,
  /** Nearest neighbours that are kept of each subject. */
  kept: 20,
  /** The nearest of them that make edges in the graph of a refit. */
  edges: 15,
  /** Each prior that two subjects share adds so much to their kinship. */
  prior: 0.05,
  /** How strongly a refit is drawn to the themes that there are, as a share of what a subject's edges weigh. */
  pull: 0.1,
} as const;
export type Tuning = { readonly [name in keyof typeof TUNING]: number };
