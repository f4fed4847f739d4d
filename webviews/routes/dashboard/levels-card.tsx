import { useMemo, useState } from 'preact/hooks';
import type { Axis, SelfState } from '../../../companion/protocol/index.ts';
import { TIER_WORDS, TIERS, type Tier } from '../../../companion/protocol/stance-words.ts';
import { nextTier, TIER_FROM } from '../../model/grant-words.ts';
import { type Course, courseOf, levelText, windowOf } from '../../model/overview/level-course.ts';
import { AXES, LEVELS, missingWords } from '../../model/overview/level-words.ts';
import { RANGES, type Range, rangeStart } from '../../model/overview/range.ts';
import { dayAndTime } from '../../model/time.ts';
import { Chart } from '../../parts/chart/chart.tsx';
import type { ChartData } from '../../parts/chart/series.ts';
import { Sparkline } from '../../parts/chart/sparkline.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { Card } from './card.tsx';
import { Moves } from './moves.tsx';
import { type Levels, useLevels } from './use-dashboard.ts';

interface Props {
  range: Range;
  now: number;
  query: Readonly<Record<string, string>>;
  go(change: Record<string, string>): void;
}

/** The four levels with their course, and what moved the one that is chosen. */
export function LevelsCard({ range, now, query, go }: Props) {
  const live = useLevels();
  const axis = AXES.find((each) => each === query.level) ?? 'trust';
  return (
    <Card title="How it stands to you" product="limbic" live={live} loading="Loading the four levels">
      {(levels) => (
        <Body
          levels={levels}
          axis={axis}
          range={range}
          now={now}
          choose={(level) => go({ level })}
          changed={live.refresh}
        />
      )}
    </Card>
  );
}

interface BodyProps {
  levels: Levels;
  axis: Axis;
  range: Range;
  now: number;
  choose(axis: Axis): void;
  changed(): void;
}

function Body({ levels: { state, history }, axis, range, now, choose, changed }: BodyProps) {
  const [picked, setPicked] = useState<number | null>(null);
  const from = rangeStart(range, now);
  const courses = useMemo(
    () =>
      Object.fromEntries(
        AXES.map((each) => [each, courseOf(history[each], each, { from, now, level: state[each] })]),
      ) as Record<Axis, Course>,
    [history, state, from, now],
  );
  const course = courses[axis];
  const data = useMemo(
    () => dataOf(course, axis, axis === 'trust' ? (nextTier(state.tier, state.trust)?.tier ?? null) : null),
    [course, axis, state.tier, state.trust],
  );
  return (
    <>
      <fieldset class="gauges">
        <legend class="unseen">Which level the chart shows</legend>
        {AXES.map((each) => (
          <label key={each} class={each === axis ? 'gauge on' : 'gauge'}>
            <input
              type="radio"
              class="unseen"
              name="level"
              checked={each === axis}
              onChange={() => {
                setPicked(null);
                choose(each);
              }}
            />
            <span class="gauge-name">{LEVELS[each].name}</span>
            <strong class="gauge-level">{levelText(state[each])}</strong>
            <ShareBar share={state[each]} />
            <Sparkline points={sparkOf(courses[each])} />
          </label>
        ))}
      </fieldset>
      <p class="quiet">{LEVELS[axis].means}</p>
      {axis === 'trust' && <Ladder state={state} />}
      <Chart
        label={`${LEVELS[axis].name}, the last ${RANGES[range]}`}
        data={data}
        pointName={(point) => pointName(course, point, now)}
        value={levelText}
        onPick={(point) => setPicked(course.moves[point]?.seq ?? null)}
      />
      <Moves
        axis={axis}
        history={history[axis]}
        from={from}
        range={range}
        picked={picked}
        changed={changed}
      />
    </>
  );
}

/** A move is two points: what was right before it, and what it made of that. */
function pointName({ at, moves }: Course, point: number, now: number): string {
  if (point === at.length - 1) return 'now';
  const move = moves[point];
  const when = dayAndTime(move?.at ?? at[point] ?? now, now);
  return move && moves[point + 1] === move ? `before ${when}` : when;
}

/** The level, and with trust the height from which the next tier begins. */
function dataOf({ at, values }: Course, axis: Axis, next: Tier | null): ChartData {
  const level = { name: LEVELS[axis].name, values, look: 'line' as const };
  const from =
    next === null ? [] : [{ name: next, values: at.map(() => TIER_FROM[next]), look: 'dashed' as const }];
  return {
    at,
    series: [level, ...from],
    range: windowOf([...values, ...from.flatMap((each) => each.values)]),
  };
}

function sparkOf({ at, values }: Course) {
  const [first = 0, last = 1] = [at[0], at.at(-1)];
  const [low, high] = windowOf(values);
  return at.map((each, i) => ({
    x: (each - first) / Math.max(1, last - first),
    y: ((values[i] ?? 0) - low) / (high - low),
  }));
}

/** The tiers as rungs: where it stands, and what is missing for the others. */
function Ladder({ state: { tier, trust } }: { state: SelfState }) {
  return (
    <ol class="ladder">
      {TIERS.map((each) => {
        const reached = each <= tier;
        const missing = missingWords(each, trust);
        return (
          <li
            key={each}
            class={each === tier ? 'rung here' : 'rung'}
            title={`${each}: ${TIER_WORDS[each]}`}
            {...(each === tier && { 'aria-current': 'step' })}
          >
            <Icon name={reached ? 'pass' : 'circle'} />
            <span>
              <strong>{each}</strong>{' '}
              {each === 'T0' ? 'from the start' : `from ${levelText(TIER_FROM[each])}`}
              {!reached && missing !== '' && <span class="quiet"> · {missing}</span>}
              <span class="unseen">: {TIER_WORDS[each]}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
