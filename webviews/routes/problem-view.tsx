import type { Problem } from '../model/problem.ts';
import { Button } from '../parts/button.tsx';
import { Moment } from '../parts/moment.tsx';
import { Blank, Strip } from '../parts/states.tsx';

const NEXT: Record<Problem['kind'], string> = {
  gone: 'If it was moved, open it at its new place.',
  unknown: 'Open the folder in your editor, or choose another above.',
  read_only: 'Free some disk space, or make the data directory writable.',
  busy: 'It is tried again by itself.',
  offline: 'It goes on by itself as soon as the companion is back.',
  refused: 'Try again; if it stays, restart the companion.',
  defect: 'The companion’s log has the whole of it. Trying again often helps.',
};

/** A view whose answer could not be had at all. */
export function ProblemBlank({ problem, retry }: { problem: Problem; retry(): void }) {
  return (
    <Blank icon={problem.kind === 'offline' ? 'debug-disconnect' : 'warning'} title={problem.title}>
      <p>{problem.text}</p>
      <p>{NEXT[problem.kind]}</p>
      <Button icon="refresh" onClick={retry}>
        Try again
      </Button>
    </Blank>
  );
}

/** A view that shows an older answer because a newer one could not be had. */
export function ProblemStrip({ problem, at }: { problem: Problem; at: number | null }) {
  if (problem.kind === 'offline') return null;
  return (
    <Strip tone="warning">
      {problem.title}. {problem.text}{' '}
      {at !== null && (
        <>
          What you see is from <Moment at={at} />.
        </>
      )}
    </Strip>
  );
}
