import { useEffect, useRef } from 'preact/hooks';
import type { Proposal } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { decisionWords, lastRound, outcomeWords } from '../../model/council-words.ts';
import { to } from '../../model/location.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-table.ts';
import { Moment } from '../../parts/moment.tsx';
import { useRowFocus } from '../../parts/row-focus.ts';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { useMasks, useProposals } from './use-council.ts';
import { Voters } from './voters.tsx';

const KINDS: Record<Proposal['kind'], { word: string; icon: IconName }> = {
  loop_fate: { word: 'the fate of a thread', icon: 'list-unordered' },
  action: { word: 'an action', icon: 'debug-start' },
  hypothesis: { word: 'a belief', icon: 'checklist' },
  blessing: { word: 'a sign-off', icon: 'pass' },
  question: { word: 'a question', icon: 'question' },
};

/** What was before the council, the newest first. */
export function Proposals({ chosen, ask }: { chosen: string | null; ask(): void }) {
  const { announce } = useSession();
  const live = useProposals();
  const all = live.data;
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (!all) return;
    if (before.current !== null && before.current !== all.length)
      announce(`${count(all.length, 'question')} listed`);
    before.current = all.length;
  }, [all, announce]);
  return (
    <>
      {live.problem && all && <ProblemStrip problem={live.problem} at={live.at} />}
      {live.problem && !all && <ProblemBlank problem={live.problem} retry={live.refresh} />}
      {!live.problem && !all && <Skeleton rows={6} label="Loading what was asked" />}
      {all && all.length === 0 && (
        <Blank icon="law" title="Nothing was put before the council yet">
          <p>
            Ask it when you cannot decide: keep a branch or drop it, this way or that. Each adviser votes by
            itself with its reasons, you see them all, and you decide.
          </p>
          <Button onClick={ask}>Ask the council</Button>
        </Blank>
      )}
      {all && all.length > 0 && <Rows all={all} chosen={chosen} />}
    </>
  );
}

function Rows({ all, chosen }: { all: readonly Proposal[]; chosen: string | null }) {
  const masks = useMasks().data?.masks ?? [];
  const list = useRef<HTMLDivElement>(null);
  const order = all.map(({ id }) => id);
  const focus = useRowFocus(list, order, chosen);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} onKeyDown={focus.onKeyDown}>
      <section aria-label="What was asked">
        <ul>
          {all.map((proposal) => {
            const { id, kind, question, at, decision } = proposal;
            const last = lastRound(proposal);
            return (
              <li
                key={id}
                class={`loop-row ${id === chosen ? 'chosen' : ''}`}
                data-row={id}
                onFocusIn={() => focus.focused(id)}
              >
                <span class="loop-icon" title={`About ${KINDS[kind].word}`}>
                  <Icon name={KINDS[kind].icon} />
                </span>
                <div class="loop-text">
                  <p class="loop-title">
                    <Link
                      to={to('council', id)}
                      class="title"
                      current={id === chosen}
                      tabIndex={id === focus.entry ? 0 : -1}
                    >
                      <bdi>{question}</bdi>
                    </Link>
                  </p>
                  <p class="loop-summary">
                    <bdi>{last ? outcomeWords(last) : 'Not voted on'}</bdi>
                  </p>
                  {last && <Voters ballots={last.ballots} masks={masks} />}
                  <p class="loop-meta memory-meta">
                    <span class={`tag ${decision ? '' : 'accent'}`}>{decisionWords(proposal)}</span>
                    <span>
                      {KINDS[kind].word} · <Moment at={at} />
                    </span>
                  </p>
                </div>
              </li>
            );
          })}
        </ul>
      </section>
    </div>
  );
}
