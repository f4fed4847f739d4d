import type { WheelOptions } from './agency/index.ts';
import type { CouncilSide } from './council-side.ts';
import { clip, type Logger } from './kernel/index.ts';

/** A run of so many files is looked at by more than one pair of eyes. */
const MANY = 50;
const QUESTION = 400;

type Contested = NonNullable<WheelOptions['contested']>;

/**
 * Puts a run before the council where it is contested: nobody asked for it in person, and it deletes something or changes
 * a great deal. Votes are advice beside the preview; the person decides. The id of the proposal, null for none.
 */
export function contestedBefore({
  council,
  logger,
}: {
  readonly council: Pick<CouncilSide, 'ask'>;
  readonly logger: Logger;
}): Contested {
  return async ({ root, origin, sentence, files, deleted, steps }) => {
    const branches = steps.filter(({ tool }) => tool === 'delete_branch').length;
    if (origin.by === 'person' || (deleted + branches === 0 && files < MANY)) return null;
    const question = clip(`Shall this be done? ${sentence}`, QUESTION);
    try {
      const options = ['Do it', 'Leave it'];
      return (await council.ask({ question, options, workspace: root, correction: false })).id;
    } catch (error) {
      // It asks seldom; a run waits for the person in any case.
      logger.info({ error: String(error) }, 'a contested run was not put before the council');
      return null;
    }
  };
}
