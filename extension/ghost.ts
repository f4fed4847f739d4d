import type { Clock, Listeners, Logger } from '../companion/kernel/index.ts';
import type { CompanionLink } from './link/companion-link.ts';
import type { Picture } from './picture/picture.ts';
import type { Prompts } from './prompts/prompts.ts';
import type { TapDesk } from './taps/tap-desk.ts';
import type { Folders } from './workspace/folders.ts';

/** What the parts of one window share. No policy and no state that the companion has. */
export interface Ghost {
  readonly link: CompanionLink;
  readonly folders: Folders;
  readonly picture: Picture;
  readonly prompts: Prompts;
  readonly taps: TapDesk;
  /** Ids of whispers that were written in this window. */
  readonly noted: Listeners<string>;
  readonly clock: Clock;
  readonly log: Logger & { show(): void };
  /** The extension's own version and folder. */
  readonly version: string;
  readonly extensionPath: string;
}
