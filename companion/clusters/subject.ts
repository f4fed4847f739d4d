/** What can have a theme. */
export type SubjectKind = 'loop' | 'whisper' | 'memory' | 'mask';

/** Something that can have a theme, with all that its likeness to others is told by. Null is unknown. */
export interface Subject {
  /** Unique among all kinds. */
  readonly id: string;
  readonly kind: SubjectKind;
  /** When it came about, in ms since the epoch; the oldest make room first. */
  readonly at: number;
  readonly text: string;
  /** The embedding of its text, of length 1; all of one dimension. */
  readonly vector: Float32Array | null;
  /** The family that its tone belongs to. */
  readonly tone: string | null;
  readonly branch: string | null;
  readonly directory: string | null;
}

/** What an addition, a removal or a refit did to one theme. */
export interface ClusterChange {
  readonly type: 'formed' | 'grew' | 'dissolved';
  readonly cluster: string;
  /** Members afterwards. */
  readonly size: number;
  /** How many came in (of a dissolved one: 0). */
  readonly joined: number;
}
