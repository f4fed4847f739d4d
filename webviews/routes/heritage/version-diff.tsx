import type { HeritageFile, HeritageVersion } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { comparisonOf } from '../../model/heritage-words.ts';
import { to as place } from '../../model/location.ts';
import { Select } from '../../parts/fields-native.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank } from '../problem-view.tsx';
import { UnifiedDiff } from '../wheel/diff-tables.tsx';
import { ChangeWords } from './change-words.tsx';
import { concernsHeritage } from './heritage-page.tsx';

interface Props {
  file: HeritageFile;
  versions: readonly HeritageVersion[];
  from: number;
  to: number;
}

/** What differs between any two versions, in words and in lines. */
export function VersionDiff({ file, versions, from, to }: Props) {
  const { host } = useSession();
  const live = useLive(
    `heritage ${file} ${from} ${to}`,
    (api, signal) => api.heritage.diff({ file, from, to }, { signal }),
    concernsHeritage,
  );
  const { data, problem } = live;
  const options = new Map<string, string>([
    ...versions.map(({ version }): [string, string] => [String(version), `Version ${version}`]),
    ['0', 'Before anything was said'],
  ]);
  const compare = (pair: { from: number; to: number }) =>
    host.navigation.go(place('heritage', file, { from: String(pair.from), to: String(pair.to) }), {
      replace: true,
    });
  return (
    <section class="version-diff" aria-label="What differs">
      <div class="control-row">
        <Select
          label="From"
          value={String(from)}
          options={options}
          onChange={(next) => compare({ from: Number(next), to })}
        />
        <Select
          label="To"
          value={String(to)}
          options={options}
          onChange={(next) => compare({ from, to: Number(next) })}
        />
      </div>
      {problem && !data && <ProblemBlank problem={problem} retry={live.refresh} />}
      {!problem && !data && <Skeleton rows={3} label="Comparing" />}
      {data && data.words.length === 0 && <p class="quiet">Both say the same.</p>}
      {data && data.words.length > 0 && (
        <>
          <ChangeWords words={data.words} />
          <UnifiedDiff comparison={comparisonOf(data.lines)} name={`${file}.json`} />
        </>
      )}
    </section>
  );
}
