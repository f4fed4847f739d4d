import type { MemoryKind, Tone, WrittenBy } from '../protocol/index.ts';
import type { ProjectName } from './life-types.ts';

/** What is remembered, as one writes it. */
export interface Remembered {
  readonly kind: 'memory';
  readonly at: number;
  readonly project: ProjectName | null;
  readonly memory: MemoryKind;
  readonly content: string;
  readonly author?: string;
  readonly file?: string;
  /** Mark of a commit of the project. */
  readonly commit?: number;
  readonly uri?: string;
  /** Turns of one conversation share this. */
  readonly session?: string;
  readonly salience?: number;
  readonly tags?: readonly string[];
  readonly tone?: Tone;
  readonly about?: string;
  readonly pinned?: boolean;
  readonly by?: WrittenBy;
  /** The branch that it is about. */
  readonly branch?: string;
}

/** Something that happens in the demo's life; `at` in ms. Threads by their number. */
export type Happening =
  | Remembered
  | { readonly kind: 'begin'; readonly at: number; readonly thread: number }
  | {
      readonly kind: 'edit';
      readonly at: number;
      readonly thread: number;
      readonly file: string;
      readonly size: number;
    }
  | { readonly kind: 'test'; readonly at: number; readonly thread: number; readonly passed: boolean }
  | { readonly kind: 'commit'; readonly at: number; readonly project: ProjectName; readonly mark: number }
  | {
      readonly kind: 'note';
      readonly at: number;
      readonly thread: number;
      readonly text: string;
      readonly file?: string;
    }
  | { readonly kind: 'decide'; readonly at: number; readonly thread: number }
  | { readonly kind: 'end'; readonly at: number; readonly thread: number }
  /** The editor comes to the front, or leaves it. */
  | { readonly kind: 'focus'; readonly at: number; readonly project: ProjectName; readonly focused: boolean }
  /** A thread that is kept by hand. */
  | {
      readonly kind: 'errand';
      readonly at: number;
      readonly n: number;
      readonly what: 'open' | 'done' | 'drop' | 'defer';
    }
  /** The folder is read. */
  | { readonly kind: 'look'; readonly at: number; readonly project: ProjectName };
