import { useEffect, useRef, useState } from 'preact/hooks';
import type { HeritageDocument } from '../../../companion/protocol/index.ts';
import { type Session, useSession } from '../../data/session.ts';
import { type HeritageField, readField, textOf } from '../../model/heritage-fields.ts';
import { problemOf } from '../../model/problem.ts';
import { EditInPlace } from '../../parts/edit-in-place.tsx';
import { focusFirst, PartField } from '../convergence/part-field.tsx';

type Update = Parameters<Session['client']['api']['heritage']['update']>[0];

interface Props {
  document: Exclude<HeritageDocument, { file: 'learned' }>;
  field: HeritageField;
  saved(document: HeritageDocument): void;
  leave(): void;
}

/** A line of a file where it stands. What was is kept as a version. */
export function FieldEditor({ document, field, saved, leave }: Props) {
  const { client, notify } = useSession();
  const [text, setText] = useState(() => textOf(document, field));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => void focusFirst(place.current), []);

  const save = async () => {
    if (busy) return;
    const read = readField(document, field, text);
    if (typeof read === 'string') return setProblem(read);
    setBusy(true);
    setProblem(null);
    try {
      // The schema of each file checks the patch; what is wrong with it is said in the form.
      const { file } = document;
      const reason = `Changed “${field.label.slice(0, 200)}”`;
      const next = await client.api.heritage.update({ file, patch: read.patch, reason } as Update);
      saved(next);
      leave();
      notify({
        tone: 'done',
        text:
          next.version === document.version
            ? 'It says so already; nothing was changed.'
            : `Kept as version ${next.version}. What was before is in the versions.`,
      });
    } catch (error) {
      setBusy(false);
      setProblem(`Not changed. ${problemOf(error).text}`);
    }
  };
  return (
    <EditInPlace place={place} problem={problem} busy={busy} save={() => void save()} leave={leave}>
      <PartField part={field} value={text} onInput={setText} />
    </EditInPlace>
  );
}
