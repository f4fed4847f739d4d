import type { Api } from '../../companion/client/index.ts';
import type { AskerPlace } from '../../webviews/model/asker-place.ts';
import type { ViewId } from '../../webviews/model/views.ts';
import type { CouncilPlace } from '../chat/route.ts';
import type { Ghost } from '../ghost.ts';
import type { CommandId, CommandNeeding } from '../manifest/commands.ts';
import type { Wheel } from '../wheel/wheel.ts';

/** What every command gets. */
export interface CommandContext extends Ghost {
  /** Shows the whole web app as an editor: at this view, or where it is. */
  showApp(view: ViewId | null): Promise<void>;
  /** Shows onboarding, where it was left. */
  showConvergence(): Promise<void>;
  /** Shows memory with a question in it, or ready for one. */
  searchMemory(question: string): Promise<void>;
  /** Shows the chat, ready for a question; about a place where one is given. */
  showChat(place: AskerPlace | null): Promise<void>;
  showCouncil(place: CouncilPlace): Promise<void>;
  showReview(): Promise<void>;
  /** Delegated work in this window; throws where it could not be built. */
  wheel(): Wheel;
  run(command: CommandId, ...args: unknown[]): Thenable<unknown>;
}

/** What a command gets that needs the companion: having it proves that there is one. */
export interface ConnectedContext extends CommandContext {
  readonly api: Api;
}

/** One handler for each row of the command table; a missing or needless one does not compile. */
export type Handlers = {
  readonly [C in CommandNeeding<'nothing'>]: (context: CommandContext, argument: unknown) => unknown;
} & {
  readonly [C in CommandNeeding<'companion'>]: (context: ConnectedContext, argument: unknown) => unknown;
};
