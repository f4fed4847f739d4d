import { useEffect, useRef, useState } from 'preact/hooks';
import type { WheelRun } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { WHEEL_STATUS_WORDS, wheelOriginWords, wheelPhase } from '../../../companion/protocol/wheel-words.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { hasPreview, STATUS_ICONS } from '../../model/wheel-view.ts';
import { Coded } from '../../parts/coded.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { Consequences } from './consequences.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { Files } from './files.tsx';
import { Report } from './report.tsx';
import { Steps } from './steps.tsx';
import { usePreview, useRun } from './use-wheel.ts';

/** One run, whole: what it would do and what it did, and the reader's word on it. */
export function RunPage({ id }: { id: string }) {
  const live = useRun(id);
  const shown = usePreview(live.data);
  const run = live.data;
  const heading = useRef<HTMLHeadingElement>(null);
  const present = run !== null;
  useEffect(() => {
    if (present) heading.current?.focus();
  }, [present]);
  useSaid(run);
  const [chosen, setChosen] = useState<{ digest: string; left: ReadonlySet<string> } | null>(null);

  if (!run)
    return (
      <article class="run">
        <Back />
        <h1 class="unseen">Delegated work</h1>
        {live.problem ? (
          <ProblemBlank problem={live.problem} retry={live.refresh} />
        ) : (
          <Skeleton rows={6} label="Loading the run" />
        )}
      </article>
    );
  const { preview, changed } = shown;
  const paths = preview?.files.map(({ path }) => path) ?? [];
  const before = run.status === 'previewed';
  const after = run.status === 'done';
  // Before: all but what was left out. Afterwards: none but what was picked.
  const marked = chosen !== null && chosen.digest === preview?.digest ? chosen.left : new Set<string>();
  const picked = paths.filter((path) => marked.has(path) === after);
  const toggle = (path: string) => {
    const next = new Set(marked);
    if (!next.delete(path)) next.add(path);
    setChosen({ digest: preview?.digest ?? '', left: next });
  };
  const mark = (all: boolean) =>
    setChosen({ digest: preview?.digest ?? '', left: new Set(all === after ? paths : []) });
  return (
    <article class="run" aria-busy={run.status === 'planning'}>
      <Back />
      <header class="run-head">
        <h1 ref={heading} tabIndex={-1}>
          <Coded text={run.sentence} />
        </h1>
        <p class="sub">
          <span class={`tag ${wheelPhase(run.status) === 'waiting' ? 'accent' : ''}`}>
            <Icon name={STATUS_ICONS[run.status]} /> {WHEEL_STATUS_WORDS[run.status]}
          </span>{' '}
          · <bdi>{visibleLine(run.destination)}</bdi> · asked by{' '}
          <bdi>{visibleLine(wheelOriginWords(run.origin))}</bdi> <Moment at={run.createdAt} />
        </p>
        {run.origin.why !== undefined && (
          <p class="voice">
            It says why: “<bdi>{visibleLine(run.origin.why)}</bdi>”
          </p>
        )}
      </header>
      {live.problem && <ProblemStrip problem={live.problem} at={live.at} />}
      <DecisionBar
        run={run}
        heardAt={live.at ?? 0}
        shown={shown}
        picked={picked}
        total={paths.length}
        saved={live.set}
      />
      {run.report && <Report run={run} />}
      <Steps run={run} />
      {preview && (
        <>
          <Files
            run={run}
            preview={preview}
            picked={new Set(picked)}
            {...((before || after) && !changed && { toggle, mark })}
          />
          <Consequences preview={preview} over={wheelPhase(run.status) === 'settled'} />
        </>
      )}
      {!preview && shown.problem && hasPreview(run) && (
        <p class="quiet">What it changes cannot be shown: {shown.problem.text}</p>
      )}
      {!preview && !shown.problem && hasPreview(run) && <Skeleton rows={3} label="Loading what it changes" />}
    </article>
  );
}

function Back() {
  return (
    <p class="run-back">
      <Link to={to('wheel')}>
        <Icon name="arrow-left" /> All runs
      </Link>
    </p>
  );
}

/** Says aloud what became of the run, whenever it moves on. */
function useSaid(run: WheelRun | null): void {
  const { announce } = useSession();
  const status = run?.status ?? null;
  const last = useRef(status);
  useEffect(() => {
    const before = last.current;
    last.current = status;
    if (run === null || before === null || before === status) return;
    const seconds = Math.ceil((run.countdown?.remainingMs ?? 0) / 1000);
    announce(
      run.status === 'counting' && run.countdown
        ? `It begins in ${seconds} seconds, unless you say no.`
        : `${WHEEL_STATUS_WORDS[run.status]}. ${run.report?.done ?? run.reason ?? ''}`.trim(),
    );
  }, [status]);
}
