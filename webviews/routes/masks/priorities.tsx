import type { MaskPriorities } from '../../../companion/protocol/index.ts';
import { PRIORITY_NAMES } from '../../model/council-words.ts';
import { percent } from '../../model/why.ts';
import { ShareBar } from '../../parts/share-bar.tsx';

/** What a mask cares about, each as a length with its number. */
export function Priorities({ priorities }: { priorities: MaskPriorities }) {
  return (
    <dl class="shares">
      {(Object.keys(PRIORITY_NAMES) as (keyof MaskPriorities)[]).map((name) => (
        <div key={name}>
          <dt>{PRIORITY_NAMES[name]}</dt>
          <dd>
            <ShareBar share={priorities[name]} /> {percent(priorities[name])}
          </dd>
        </div>
      ))}
    </dl>
  );
}
