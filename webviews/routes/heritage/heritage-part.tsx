import { useRef, useState } from 'preact/hooks';
import type { HeritageDocument } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { Link } from '../../app/link.tsx';
import { fieldsOf } from '../../model/heritage-fields.ts';
import { FILE_WORDS, SOURCE_WORDS } from '../../model/heritage-words.ts';
import { to } from '../../model/location.ts';
import { IconButton } from '../../parts/button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Beliefs } from './beliefs.tsx';
import { FieldEditor } from './field-editor.tsx';
import { FilePlace } from './file-place.tsx';

interface Props {
  document: HeritageDocument;
  saved(document: HeritageDocument): void;
}

/** One file: what it says line by line, where it comes from, and where it lies. */
export function HeritagePart({ document, saved }: Props) {
  const { file, version } = document;
  const { title, about } = FILE_WORDS[file];
  return (
    <section class="heritage-part" aria-labelledby={`heritage-${file}`}>
      <header class="heritage-head">
        <h2 id={`heritage-${file}`}>
          {title} <small>· {file}</small>
        </h2>
        <p class="quiet">{about}</p>
        {version > 0 && <LastChange document={document} />}
      </header>
      <div class="heritage-body">
        {document.file === 'learned' ? (
          <Beliefs beliefs={document.content.beliefs} />
        ) : (
          <Fields document={document} saved={saved} />
        )}
        <FilePlace path={document.path} />
      </div>
    </section>
  );
}

function LastChange({ document: { file, version, source, reason, at } }: { document: HeritageDocument }) {
  return (
    <p class="heritage-last">
      Version {version}, {source !== null && `${SOURCE_WORDS[source].word}, `}
      <Moment at={at} />: <bdi>{visibleLine(reason)}</bdi>
      <br />
      <Link to={to('heritage', file)} title={`All versions of “${FILE_WORDS[file].title}”`}>
        All versions
      </Link>
    </p>
  );
}

function Fields({
  document,
  saved,
}: {
  document: Exclude<HeritageDocument, { file: 'learned' }>;
  saved: Props['saved'];
}) {
  const [edited, setEdited] = useState<string | null>(null);
  const now = useRef(edited);
  now.current = edited;
  const list = useRef<HTMLDListElement>(null);
  const leave = (key: string) => {
    // Another line may have been taken up while this one was saved.
    if (now.current !== key) return;
    setEdited(null);
    // The button of the line that was edited is drawn with the next picture.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"] .icon-button`)?.focus(),
    );
  };
  return (
    <dl class="mirror" ref={list}>
      {fieldsOf(document).map(({ field, said }) => {
        const key = `${field.id} ${field.key ?? ''}`;
        const label = visibleLine(field.label);
        return (
          <div key={key} class="mirror-line" data-line={key}>
            <dt>
              <bdi>{label}</bdi>
            </dt>
            {edited === key ? (
              <dd class="mirror-edit">
                <FieldEditor document={document} field={field} saved={saved} leave={() => leave(key)} />
              </dd>
            ) : (
              <dd>
                <Said lines={said} />
                <IconButton icon="edit" label={`Change: ${label}`} onClick={() => setEdited(key)} />
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}

function Said({ lines }: { lines: readonly string[] }) {
  const [first] = lines;
  if (first === undefined) return <span class="heritage-said quiet">Not said</span>;
  if (lines.length === 1) return <bdi class="heritage-said">{first}</bdi>;
  return (
    <ol class="heritage-said">
      {lines.map((line, i) => (
        <li key={i}>
          <bdi>{line}</bdi>
        </li>
      ))}
    </ol>
  );
}
