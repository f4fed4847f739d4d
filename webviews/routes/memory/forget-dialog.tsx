import { useEffect, useRef, useState } from 'preact/hooks';
import type { Forgotten, MemoryRecord } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useNow } from '../../data/use-now.ts';
import { backupWords, whatGoes } from '../../model/forgetting.ts';
import { KIND_WORDS } from '../../model/memory-words.ts';
import { isCancelled, problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Skeleton } from '../../parts/states.tsx';

interface Props {
  record: MemoryRecord;
  onClose(): void;
  forgotten(ids: readonly string[]): void;
}

/** Shows what forgetting would take with it before anything is touched; then, on a second word, forgets it. */
export function ForgetDialog({ record, onClose, forgotten }: Props) {
  const { client, notify } = useSession();
  const [preview, setPreview] = useState<Forgotten | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  const select = { ids: [record.id] };

  useEffect(() => {
    const abort = new AbortController();
    client.api.memories.forget({ select, dryRun: true }, { signal: abort.signal }).then(
      (found) => setPreview(found),
      (error) => {
        if (!isCancelled(error)) setProblem(`What would go cannot be told. ${problemOf(error).text}`);
      },
    );
    return () => abort.abort();
  }, [record.id]);

  const forget = async () => {
    if (busy || !preview) return;
    setBusy(true);
    setProblem(null);
    try {
      const gone = await client.api.memories.forget({ select });
      onClose();
      forgotten([record.id, ...preview.preview.map(({ id }) => id)]);
      notify({ tone: 'done', text: `Forgotten: ${whatGoes(gone)}.` });
    } catch (error) {
      setBusy(false);
      setProblem(`Nothing was forgotten. ${problemOf(error).text}`);
    }
  };

  return (
    <Dialog title="Forget this?" subtitle="for good" onClose={onClose}>
      <div class="form" ref={inside} aria-busy={!preview && problem === null}>
        {!preview && problem === null && <Skeleton rows={2} label="Looking at what would go" />}
        {preview && <Preview preview={preview} />}
        <p role="alert" class="form-problem">
          {problem}
        </p>
        <div class="forget-end">
          <Button autofocus onClick={() => inside.current?.closest('dialog')?.close()}>
            Cancel
          </Button>
          {preview && preview.memories > 0 && (
            <Button class="danger" icon="trash" aria-disabled={busy} onClick={() => void forget()}>
              {preview.memories === 1 ? 'Forget it' : `Forget ${preview.memories} memories`}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Preview({ preview }: { preview: Forgotten }) {
  const now = useNow();
  const { shown, more } = useFirst(preview.preview, 4);
  const backups = backupWords(preview.backups, now);
  if (preview.memories === 0) return <p role="status">It is not there any more.</p>;
  return (
    <>
      <p role="status">
        This goes: <strong>{whatGoes(preview)}</strong>. It cannot be taken back.
      </p>
      <ul class="forget-preview" aria-label="What goes">
        {shown.map(({ id, kind, excerpt, happenedAt }) => (
          <li key={id}>
            <Icon name={KIND_WORDS[kind].icon} />
            <div>
              <p>
                <bdi>{excerpt}</bdi>
              </p>
              <p class="loop-meta">
                {KIND_WORDS[kind].word} · <Moment at={happenedAt} />
              </p>
            </div>
          </li>
        ))}
        {more && <li>{more}</li>}
      </ul>
      {backups !== null && (
        <p class="forget-backups">
          <Icon name="archive" /> <span>{backups}</span>
        </p>
      )}
    </>
  );
}
