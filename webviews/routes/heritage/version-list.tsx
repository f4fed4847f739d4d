import type { HeritageFile, HeritageVersion } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { Link } from '../../app/link.tsx';
import { SOURCE_WORDS } from '../../model/heritage-words.ts';
import { to } from '../../model/location.ts';
import { IconButton } from '../../parts/button.tsx';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';

interface Props {
  file: HeritageFile;
  versions: readonly HeritageVersion[];
  shown: { from: number; to: number };
  restore(version: HeritageVersion): void;
}

/** Newest first; each shows what it changed when it is chosen. */
export function VersionList({ file, versions, shown, restore }: Props) {
  const { shown: listed, more } = useFirst(versions, 30);
  return (
    <ol class="version-list" aria-label="Versions, newest first">
      {listed.map((each, i) => {
        const { version, source, reason, at } = each;
        const { word, icon } = SOURCE_WORDS[source];
        const chosen = shown.to === version;
        return (
          <li key={version} class={`version ${chosen ? 'chosen' : ''}`}>
            <span class="loop-icon">
              <Icon name={icon} />
            </span>
            <div class="version-text">
              <p>
                <Link to={to('heritage', file, { to: String(version) })} current={chosen} class="title">
                  Version {version}
                </Link>
                {i === 0 && <span class="tag accent"> in force</span>}
              </p>
              <p>
                <bdi>{visibleLine(reason)}</bdi>
              </p>
              <p class="loop-meta">
                {word}, <Moment at={at} />
              </p>
            </div>
            {i > 0 && (
              <IconButton
                icon="discard"
                label={`Restore version ${version}…`}
                onClick={() => restore(each)}
              />
            )}
          </li>
        );
      })}
      {more && <li>{more}</li>}
    </ol>
  );
}
