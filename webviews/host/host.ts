import type { SocketLike } from '../../companion/client/index.ts';
import type { AskerPlace } from '../model/asker-place.ts';
import type { Target } from '../model/target.ts';
import type { Appearance } from './appearance.ts';
import type { Navigation } from './navigation.ts';

export interface Disposable {
  dispose(): void;
}

/** What the app needs from the place that shows it: an editor's webview, a browser, later other shells. */
export interface Host {
  readonly kind: 'vscode' | 'browser';
  readonly navigation: Navigation;
  /** The folder that the place is about; null where it names none. */
  readonly workspace: string | null;
  onWorkspace(listener: (workspace: string | null) => void): Disposable;
  /** The reader turns to another folder. */
  choose(workspace: string): void;
  /** Where in the work the reader is, as far as the place knows: the file of the editor that is active. */
  readonly place: AskerPlace | null;
  onPlace(listener: (place: AskerPlace | null) => void): Disposable;
  /** A socket to the companion, open or opening. Rejects, with words for the user, where there is none. */
  open(): Promise<SocketLike>;
  /** Tells when the session has ended and only a new login helps. */
  onRefused(listener: () => void): Disposable;
  /** A real address for the target, where the place has one; otherwise `openEvidence` does it. */
  hrefOf(workspace: string, target: Target): string | null;
  /** Shows the target. Resolves to what should be said about it, or null when it speaks for itself. */
  openEvidence(workspace: string, target: Target): Promise<string | null>;
  /** Keeps a text as a file where the user says. Resolves to what should be said about it, or null. */
  save(name: string, text: string): Promise<string | null>;
  /** Starts the companion; null where the user has to. */
  readonly start: (() => void) | null;
  /**
   * Tells the place that the countdown of this preview is on the screen, about once a second while it is: an editor
   * knows, as no page does, whether its window has the focus. Null where the page itself can tell.
   */
  readonly sees: ((run: string, digest: string) => void) | null;
  /** What a view wants to find again when it comes back. Small, JSON. */
  getState<T>(key: string): T | undefined;
  setState(key: string, value: unknown): void;
  readonly reducedMotion: boolean;
  /** The choice of theme, where the place does not bring its own. */
  readonly appearance: Appearance | null;
}
