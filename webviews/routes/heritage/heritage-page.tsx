import type { HeritageDocument } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useLive } from '../../data/use-live.ts';
import { to } from '../../model/location.ts';
import { Skeleton, Strip } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { HeritagePart } from './heritage-part.tsx';

/** What can change what is known of the user. */
export const concernsHeritage = ({ type }: { type: string }) =>
  type.startsWith('heritage.') || type.startsWith('belief.');

/** All that holds now, in three parts. */
export function HeritagePage() {
  const live = useLive('heritage', (api, signal) => api.heritage.get({}, { signal }), concernsHeritage);
  const { data, problem } = live;
  const saved = (document: HeritageDocument) =>
    live.set((all) => all.map((each) => (each.file === document.file ? document : each)));
  return (
    <div class="heritage">
      <header class="page-head">
        <div>
          <h1>
            What it knows <small>· heritage</small>
          </h1>
          <p class="sub">Your own words, and what you said Yes to. Nothing else is kept of who you are.</p>
        </div>
      </header>
      {problem && data && <ProblemStrip problem={problem} at={live.at} />}
      {problem && !data && <ProblemBlank problem={problem} retry={live.refresh} />}
      {!problem && !data && <Skeleton rows={8} label="Reading what is known" />}
      {data && data.length > 0 && data.every(({ version }) => version === 0) && <NothingYet />}
      {data?.map((document) => (
        <HeritagePart key={document.file} document={document} saved={saved} />
      ))}
    </div>
  );
}

function NothingYet() {
  return (
    <Strip tone="info">
      Nothing was said yet, and nothing is assumed. Answer <Link to={to('convergence')}>eight questions</Link>
      , or fill in a line below.
    </Strip>
  );
}
