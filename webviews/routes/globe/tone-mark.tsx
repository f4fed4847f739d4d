import type { Tone } from '../../../companion/protocol/index.ts';
import { TONE_SHAPES } from '../../model/globe/globe-words.ts';

/** The shape of a tone in its colour; the word stands beside it, or is said. */
export function ToneMark({ tone, said = false }: { tone: Tone; said?: boolean }) {
  return (
    <>
      <span class={`tone-mark tone-${tone}`} aria-hidden="true">
        {TONE_SHAPES[tone]}
      </span>
      {said && <span class="unseen">{tone}</span>}
    </>
  );
}
