import type { ComponentChildren } from 'preact';
import type { WheelPreview } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { programWords, shortDigest } from '../../model/wheel-view.ts';

/** What else comes of it: programs that run for real, branches and loops, what contains it, what undo cannot bring back. */
export function Consequences({ preview, over }: { preview: WheelPreview; over: boolean }) {
  const { commands, effects, containment, uncovered, digest } = preview;
  return (
    <section class="run-part" aria-labelledby="else-title">
      <h2 id="else-title">Besides the files</h2>
      <dl class="consequences">
        <Part name={over ? 'Ran for real' : 'Runs for real'}>
          {commands.length === 0 ? (
            'No program: nothing verifies it.'
          ) : (
            <ul>
              {commands.map((argv, i) => (
                <li key={i}>
                  <code class="program">
                    <bdi>{visibleLine(programWords(argv))}</bdi>
                  </code>
                </li>
              ))}
            </ul>
          )}
        </Part>
        <Part name="Branches and threads">
          {effects.length === 0 ? (
            'None is touched.'
          ) : (
            <ul>
              {effects.map((words) => (
                <li key={words}>
                  <bdi>{visibleLine(words)}</bdi>
                </li>
              ))}
            </ul>
          )}
        </Part>
        <Part name="Containment">
          <bdi>{visibleLine(containment)}</bdi>
        </Part>
        <Part name="Undo does not cover">
          {uncovered.length === 0 ? (
            'Nothing: all of it can be undone.'
          ) : (
            <ul>
              {uncovered.map((words) => (
                <li key={words}>
                  <bdi>{visibleLine(words)}</bdi>
                </li>
              ))}
            </ul>
          )}
        </Part>
        <Part name="This preview">
          <code title={digest}>{shortDigest(digest)}</code>{' '}
          <span class="quiet">Your yes counts for exactly this, and for nothing else.</span>
        </Part>
      </dl>
    </section>
  );
}

function Part({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
