import type { StoryLine } from '../../companion/protocol/index.ts';
import { ABOUT_WORDS } from '../model/story/about.ts';
import { FACES, sayerOf } from '../model/story/speakers.ts';
import { Icon } from './icon.tsx';
import { MaskFace } from './mask-face.tsx';

/** Who says a line, as a face; of what is said in plain words, a sign of what it is about. */
export function StorySayer({ line }: { line: StoryLine }) {
  const sayer = sayerOf(line);
  return (
    <span class="story-sayer" title={sayer ?? undefined}>
      {sayer !== null ? (
        <>
          <MaskFace {...FACES[sayer]} size={20} />
          <span class="unseen">{sayer}: </span>
        </>
      ) : (
        <Icon name={line.about === null ? 'circle-small' : ABOUT_WORDS[line.about.kind].icon} />
      )}
    </span>
  );
}
