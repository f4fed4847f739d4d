import { useMemo } from 'preact/hooks';
import type { Tone } from '../../../companion/protocol/index.ts';
import { filterTest, type GlobeFilter } from '../../model/globe/globe-filter.ts';
import type { GlobeModel } from '../../model/globe/globe-model.ts';
import { TONES } from '../../model/globe/globe-scene.ts';
import { ToneMark } from './tone-mark.tsx';

interface Props {
  model: GlobeModel;
  /** Is another one with every other picture of the model. */
  picture: object;
  filter: GlobeFilter;
  workspace: string | null;
  choose(tones: readonly Tone[]): void;
}

/** What colours and shapes mean, how many there are of each, and a way to see some of them alone. */
export function ToneLegend({ model, picture, filter, workspace, choose }: Props) {
  const { tones } = filter;
  // What each would show if it were chosen.
  const counts = useMemo(() => {
    const fits = filterTest({ ...filter, tones: [] }, workspace, (point) => model.statusOf(point));
    const found = new Map<Tone, number>();
    for (const point of model.points)
      if (fits(point) && model.exists(point)) found.set(point.tone, (found.get(point.tone) ?? 0) + 1);
    return found;
  }, [picture]);
  const toggle = (tone: Tone) =>
    choose(TONES.filter((each) => (each === tone ? !tones.includes(tone) : tones.includes(each))));
  return (
    <fieldset class="tone-legend">
      <legend class="unseen">Tones</legend>
      {TONES.map((tone) => (
        <button
          key={tone}
          type="button"
          class="tone-chip"
          aria-pressed={tones.includes(tone)}
          onClick={() => toggle(tone)}
        >
          <ToneMark tone={tone} />
          {tone} <span class="quiet">{(counts.get(tone) ?? 0).toLocaleString('en-GB')}</span>
        </button>
      ))}
    </fieldset>
  );
}
