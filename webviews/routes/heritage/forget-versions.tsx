import { useEffect, useRef, useState } from 'preact/hooks';
import type { HeritageFile, HeritageForgotten } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useNow } from '../../data/use-now.ts';
import { backupWords } from '../../model/forgetting.ts';
import { goneWords } from '../../model/heritage-words.ts';
import { to } from '../../model/location.ts';
import { isCancelled, problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Skeleton } from '../../parts/states.tsx';

interface Props {
  file: HeritageFile;
  done(): void;
  onClose(): void;
}

/** Shows what would go and which backups hold it, before anything is touched; then, on a second word, forgets it. */
export function ForgetVersions({ file, done, onClose }: Props) {
  const { client, host, notify } = useSession();
  const [would, setWould] = useState<HeritageForgotten | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  const now = useNow();
  useEffect(() => {
    const abort = new AbortController();
    client.api.heritage.forgetVersions({ file, dryRun: true }, { signal: abort.signal }).then(
      (found) => setWould(found),
      (error) => {
        if (!isCancelled(error)) setProblem(`What would go cannot be told. ${problemOf(error).text}`);
      },
    );
    return () => abort.abort();
  }, [file]);

  const forget = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const gone = await client.api.heritage.forgetVersions({ file });
      onClose();
      done();
      host.navigation.go(to('heritage', file), { replace: true });
      notify({ tone: 'done', text: `Forgotten: ${goneWords(gone) ?? 'nothing was there any more'}.` });
    } catch (error) {
      setBusy(false);
      setProblem(`Nothing was forgotten. ${problemOf(error).text}`);
    }
  };
  const gone = would && goneWords(would);
  const backups = would && gone !== null ? backupWords(would.backups, now) : null;
  return (
    <Dialog title="Forget old versions?" subtitle="for good" onClose={onClose}>
      <div class="form" ref={inside} aria-busy={!would && problem === null}>
        {!would && problem === null && <Skeleton rows={2} label="Looking at what would go" />}
        {would && gone === null && (
          <p role="status">There is only the version in force; it stays. Nothing is to be forgotten.</p>
        )}
        {gone !== null && (
          <p role="status">
            This goes: <strong>{gone}</strong>. What is in force stays. It cannot be taken back.
          </p>
        )}
        {backups !== null && (
          <p class="forget-backups">
            <Icon name="archive" /> <span>{backups}</span>
          </p>
        )}
        <p role="alert" class="form-problem">
          {problem}
        </p>
        <div class="forget-end">
          <Button autofocus onClick={() => inside.current?.closest('dialog')?.close()}>
            {gone === null ? 'Close' : 'Cancel'}
          </Button>
          {gone !== null && (
            <Button class="danger" icon="trash" aria-disabled={busy} onClick={() => void forget()}>
              Forget them
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
