import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { sentenceOf } from '../../model/heritage-words.ts';
import { useFirst } from '../../parts/first.tsx';

/** Each change in a sentence, under the plain name of what it is about. */
export function ChangeWords({ words }: { words: readonly string[] }) {
  const { shown, more } = useFirst(words, 12);
  return (
    <ul class="change-words">
      {shown.map((word, i) => {
        const { about, text } = sentenceOf(word);
        return (
          <li key={i}>
            {about !== null && (
              <>
                <bdi class="change-about">{visibleLine(about)}</bdi>{' '}
              </>
            )}
            <bdi>{visibleLine(text)}</bdi>
          </li>
        );
      })}
      {more && <li>{more}</li>}
    </ul>
  );
}
