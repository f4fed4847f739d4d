import type { ComponentChildren } from 'preact';
import type { MemoryTrace } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { type MemoryFilter, memoryQuery } from '../../model/memory-filter.ts';
import { TONE_WORDS } from '../../model/memory-words.ts';
import { count } from '../../model/words.ts';
import { Moment } from '../../parts/moment.tsx';
import { SourceLinks } from './source-links.tsx';

/** How a record came to be what it is: where else it was said, what it is tied to, how much it matters now. */
export function MemoryTraceParts({ trace, filter }: { trace: MemoryTrace; filter: MemoryFilter }) {
  return (
    <>
      <AlsoSaid trace={trace} />
      <Ties trace={trace} filter={filter} />
      <Facts trace={trace} />
    </>
  );
}

function AlsoSaid({ trace: { record, merged } }: { trace: MemoryTrace }) {
  if (merged.length === 0) return null;
  return (
    <section class="details-part">
      <h3>
        Also said <small>· merged</small>
      </h3>
      <ul class="notes">
        {merged.map(({ id, content, author, source, happenedAt }) => (
          <li key={id}>
            <p>
              <bdi>{content}</bdi>
            </p>
            <p class="loop-meta memory-meta">
              <span>
                {author !== null && (
                  <>
                    <bdi>{author}</bdi>
                    {' · '}
                  </>
                )}
                <Moment at={happenedAt} />
              </span>
              <SourceLinks record={{ source, workspace: record.workspace }} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Loops and other records that it is tied to. */
function Ties({ trace: { record }, filter }: { trace: MemoryTrace; filter: MemoryFilter }) {
  const closing = record.closedBy !== null ? [{ kind: 'closed by', target: record.closedBy }] : [];
  const ties = [...closing, ...record.links.filter(({ target }) => /^(loop|mem)/.test(target))];
  if (ties.length === 0) return null;
  return (
    <section class="details-part">
      <h3>
        Tied to <small>· links</small>
      </h3>
      <ul class="anchors">
        {ties.map(({ kind, target }) => (
          <li key={`${kind} ${target}`}>
            <Link
              to={target.startsWith('loop') ? to('loops', target) : to('memory', target, memoryQuery(filter))}
            >
              {target.startsWith('loop') ? 'A thread' : 'Another memory'}
            </Link>{' '}
            <span class="quiet">{kind}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ trace: { record, salienceNow, embedded } }: { trace: MemoryTrace }) {
  const { client } = useSession();
  const { tone, tags, salience, accessCount, lastAccessed, position, validFrom, validTo } = record;
  const amnesia = client.status?.state === 'AMNESIA';
  return (
    <section class="details-part">
      <h3>Known about it</h3>
      <dl class="facts">
        <Row name="Matters">
          {percentOf(salienceNow)} now
          {Math.abs(salience - salienceNow) >= 0.01 &&
            `, ${percentOf(salience)} when it was new: nobody recalled it for long`}
        </Row>
        <Row name="Recalled">
          {accessCount === 0 ? 'never' : count(accessCount, 'time')}
          {lastAccessed !== null && (
            <>
              {', last '}
              <Moment at={lastAccessed} />
            </>
          )}
        </Row>
        {validFrom !== null && (
          <Row name="Held">
            since <Moment at={validFrom} />
            {validTo !== null && (
              <>
                {' until '}
                <Moment at={validTo} />
              </>
            )}
          </Row>
        )}
        {position !== null && <Row name="In its conversation">turn {position + 1}</Row>}
        {tone !== null && <Row name="Tone">{TONE_WORDS[tone]}</Row>}
        {tags.length > 0 && <Row name="Tags">{tags.join(', ')}</Row>}
        <Row name="Found by">{embedded && !amnesia ? 'words and meaning' : 'words alone, so far'}</Row>
        <Row name="Taken up">
          <Moment at={record.recordedAt} />
        </Row>
      </dl>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function percentOf(share: number): string {
  return `${Math.round(share * 100)} of 100`;
}
