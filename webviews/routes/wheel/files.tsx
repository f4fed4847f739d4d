import { useState } from 'preact/hooks';
import type { WheelFile, WheelPreview, WheelRun } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { FILE_WORDS } from '../../model/wheel-view.ts';
import { count } from '../../model/words.ts';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FileDiff } from './file-diff.tsx';

interface Props {
  run: WheelRun;
  preview: WheelPreview;
  picked: ReadonlySet<string>;
  /** Absent where there is nothing to choose. */
  toggle?(path: string): void;
  mark?(all: boolean): void;
}

const FIRST = 40;

/** The files that it changes: each with its size, whether it is chosen, and how it differs. */
export function Files({ run, preview, picked, toggle, mark }: Props) {
  const { files } = preview;
  const { shown, more } = useFirst(files, FIRST);
  const all = picked.size === files.length;
  return (
    <section class="run-part" aria-labelledby="files-title">
      <div class="files-head">
        <h2 id="files-title">{files.length === 0 ? 'No file is changed' : count(files.length, 'file')}</h2>
        {mark && files.length > 1 && (
          <button type="button" class="opens more-of" onClick={() => mark(!all)}>
            {all ? 'Choose none' : 'Choose all'}
          </button>
        )}
      </div>
      {files.length > 0 && (
        <ul class="files">
          {shown.map((file) => (
            <FileRow
              key={file.path}
              run={run}
              digest={preview.digest}
              file={file}
              chosen={picked.has(file.path)}
              undo={run.status === 'done'}
              {...(toggle && { toggle: () => toggle(file.path) })}
            />
          ))}
        </ul>
      )}
      {more}
    </section>
  );
}

interface RowProps {
  run: WheelRun;
  digest: string;
  file: WheelFile;
  chosen: boolean;
  /** What is chosen is to be undone. */
  undo: boolean;
  toggle?(): void;
}

function FileRow({ run, digest, file, chosen, undo, toggle }: RowProps) {
  const [open, setOpen] = useState(false);
  const { path, from, kind, binary, additions, deletions } = file;
  const { word, icon } = FILE_WORDS[kind];
  const name = visibleLine(path);
  return (
    <li class={`file ${toggle && !undo && !chosen ? 'left-out' : ''}`}>
      <div class="file-head">
        {toggle && (
          <input
            type="checkbox"
            checked={chosen}
            aria-label={`${undo ? 'Undo' : 'Accept'} ${name}`}
            onChange={toggle}
          />
        )}
        <button type="button" class="opens file-title" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          <Icon name={icon} />
          <span class="file-path">
            <bdi>{name}</bdi>
            {from !== null && (
              <small>
                {' '}
                from <bdi>{visibleLine(from)}</bdi>
              </small>
            )}
          </span>
          <span class="tag">{binary ? `${word}, no text` : word}</span>
          <span class="file-size">
            {!binary && additions + deletions > 0 && (
              <>
                <span class="plus">+{additions}</span> <span class="minus">−{deletions}</span>
              </>
            )}
          </span>
        </button>
      </div>
      {open && <FileDiff run={run.id} digest={digest} file={file} />}
    </li>
  );
}
