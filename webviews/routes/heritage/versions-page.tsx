import { useState } from 'preact/hooks';
import type { HeritageFile, HeritageVersion } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useLive } from '../../data/use-live.ts';
import { FILE_WORDS } from '../../model/heritage-words.ts';
import { type Location, to } from '../../model/location.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { ForgetVersions } from './forget-versions.tsx';
import { concernsHeritage } from './heritage-page.tsx';
import { RestoreVersion } from './restore-version.tsx';
import { VersionDiff } from './version-diff.tsx';
import { VersionList } from './version-list.tsx';

const MOST = 1000;

/** The versions of one file, what differs between two of them, and the ways back. */
export function VersionsPage({ file, location }: { file: HeritageFile; location: Location }) {
  const live = useLive(
    `heritage ${file}`,
    (api, signal) => api.heritage.versions({ file, limit: MOST }, { signal }),
    concernsHeritage,
  );
  const [restoring, setRestoring] = useState<HeritageVersion | null>(null);
  const [forgetting, setForgetting] = useState(false);
  const { data: versions, problem } = live;
  const { title } = FILE_WORDS[file];
  const pair = versions && pairOf(versions, location);
  return (
    <div class="heritage versions">
      <header class="page-head">
        <div>
          <p class="versions-back">
            <Link to={to('heritage')}>
              <Icon name="arrow-left" /> What it knows
            </Link>
          </p>
          <h1>
            {title} <small>· versions of {file}</small>
          </h1>
          <p class="sub">
            {versions
              ? `${count(versions.length, 'version')}. Nothing is lost by a change until you forget it.`
              : 'Loading'}
          </p>
        </div>
        {versions && versions.length > 0 && (
          <div class="head-actions">
            <Button icon="trash" onClick={() => setForgetting(true)}>
              Forget old versions…
            </Button>
          </div>
        )}
      </header>
      {problem && versions && <ProblemStrip problem={problem} at={live.at} />}
      {problem && !versions && <ProblemBlank problem={problem} retry={live.refresh} />}
      {!problem && !versions && <Skeleton rows={6} label="Reading the versions" />}
      {versions?.length === 0 && (
        <Blank icon="notebook" title="Nothing was said of this yet">
          <p>Each change stands here with its source and its reason, and can be taken back.</p>
          <Link to={to('heritage')}>Fill in a line</Link>
        </Blank>
      )}
      {versions && versions.length > 0 && pair && (
        <div class="versions-split">
          <VersionList file={file} versions={versions} shown={pair} restore={setRestoring} />
          <VersionDiff key={`${pair.from} ${pair.to}`} file={file} versions={versions} {...pair} />
        </div>
      )}
      {restoring && versions?.[0] && (
        <RestoreVersion
          version={restoring}
          current={versions[0].version}
          done={live.refresh}
          onClose={() => setRestoring(null)}
        />
      )}
      {forgetting && <ForgetVersions file={file} done={live.refresh} onClose={() => setForgetting(false)} />}
    </div>
  );
}

/** The two versions that are compared: those of the address, else the newest and the one before it. */
function pairOf(versions: readonly HeritageVersion[], { query }: Location): { from: number; to: number } {
  const known = (text: string | undefined) => {
    const number = Number(text);
    const there = number === 0 || versions.some(({ version }) => version === number);
    return text !== undefined && there ? number : null;
  };
  const newest = known(query.to) ?? versions[0]?.version ?? 0;
  const before = versions.find(({ version }) => version < newest)?.version ?? 0;
  return { from: known(query.from) ?? before, to: newest };
}
