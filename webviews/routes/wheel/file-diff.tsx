import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { WheelFile } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { useLive } from '../../data/use-live.ts';
import { type Comparison, compare } from '../../model/wheel-diff.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { SplitDiff, UnifiedDiff } from './diff-tables.tsx';

interface Props {
  run: string;
  digest: string;
  file: WheelFile;
}

/** From this width on, before and after stand beside each other. */
const WIDE = 720;
/** Rows that are drawn before the reader asks for the rest. */
const FIRST_LINES = 300;

/** A file before and after. What is no text says so instead. */
export function FileDiff({ run, digest, file: { path, kind, bytes } }: Props) {
  const live = useLive(
    `file ${run} ${digest} ${path}`,
    (api, signal) => api.wheel.file({ id: run, path }, { signal }),
    () => false,
  );
  const { data } = live;
  const place = useRef<HTMLDivElement>(null);
  const wide = useWide(place);
  const [whole, setWhole] = useState(false);
  const compared = useMemo(
    () =>
      data && !data.before.binary && !data.after.binary ? compare(data.before.text, data.after.text) : null,
    [data],
  );
  const { part, hidden } = useMemo(() => firstOf(compared, whole), [compared, whole]);
  return (
    <div class="file-diff" ref={place}>
      {!data && live.problem && <p class="quiet">It cannot be shown: {live.problem.text}</p>}
      {!data && !live.problem && <Skeleton rows={2} label={`Loading ${path}`} />}
      {data && !compared && <p class="quiet">No text: {bytes.toLocaleString('en-GB')} bytes.</p>}
      {compared?.whole && <p class="quiet">Too different to compare: all of before, then all of after.</p>}
      {compared && compared.hunks.length === 0 && (
        <p class="quiet">
          {kind === 'moved'
            ? 'Its text stays as it is.'
            : kind === 'mode'
              ? 'Its text stays as it is; whether it can be run changes.'
              : 'It is empty.'}
        </p>
      )}
      {part &&
        part.hunks.length > 0 &&
        (wide ? (
          <SplitDiff comparison={part} name={visibleLine(path)} />
        ) : (
          <UnifiedDiff comparison={part} name={visibleLine(path)} />
        ))}
      {hidden > 0 && (
        <Button onClick={() => setWhole(true)}>{`Show ${hidden.toLocaleString('en-GB')} more lines`}</Button>
      )}
    </div>
  );
}

/** The first lines of a long comparison, and how many are folded. */
function firstOf(compared: Comparison | null, whole: boolean): { part: Comparison | null; hidden: number } {
  if (!compared) return { part: null, hidden: 0 };
  const total = compared.hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  if (whole || total <= FIRST_LINES * 1.2) return { part: compared, hidden: 0 };
  let left = FIRST_LINES;
  const hunks = compared.hunks.flatMap((hunk) => {
    const lines = hunk.lines.slice(0, Math.max(0, left));
    left -= lines.length;
    return lines.length === 0 ? [] : [{ ...hunk, lines }];
  });
  return { part: { ...compared, hunks }, hidden: total - FIRST_LINES };
}

function useWide(place: { current: HTMLElement | null }): boolean {
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => setWide(element.clientWidth >= WIDE);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return wide;
}
