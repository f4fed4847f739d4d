import { useEffect, useRef, useState } from 'preact/hooks';
import type { HeritageDiff, HeritageVersion } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { isCancelled, problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ChangeWords } from './change-words.tsx';

interface Props {
  version: HeritageVersion;
  /** The version in force. */
  current: number;
  done(): void;
  onClose(): void;
}

/** Shows what an old version would change before it is put in force, as a new one. */
export function RestoreVersion({ version: { file, version }, current, done, onClose }: Props) {
  const { client, host, notify } = useSession();
  const [diff, setDiff] = useState<HeritageDiff | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const abort = new AbortController();
    client.api.heritage.diff({ file, from: current, to: version }, { signal: abort.signal }).then(
      (found) => setDiff(found),
      (error) => {
        if (!isCancelled(error)) setProblem(`What would change cannot be told. ${problemOf(error).text}`);
      },
    );
    return () => abort.abort();
  }, [file, version, current]);

  const restore = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const now = await client.api.heritage.restore({ file, version });
      onClose();
      done();
      host.navigation.go(to('heritage', file), { replace: true });
      notify({ tone: 'done', text: `Version ${version} is in force again, as version ${now.version}.` });
    } catch (error) {
      setBusy(false);
      setProblem(`Nothing was changed. ${problemOf(error).text}`);
    }
  };
  const same = diff !== null && diff.words.length === 0;
  return (
    <Dialog title={`Restore version ${version}?`} subtitle="as a new version" onClose={onClose}>
      <div class="form" ref={inside} aria-busy={!diff && problem === null}>
        {!diff && problem === null && <Skeleton rows={2} label="Looking at what would change" />}
        {same && <p role="status">It says the same as what is in force.</p>}
        {diff && !same && (
          <>
            <p role="status">This changes what is in force. What is there now stays as version {current}.</p>
            <ChangeWords words={diff.words} />
          </>
        )}
        <p role="alert" class="form-problem">
          {problem}
        </p>
        <div class="forget-end">
          <Button autofocus onClick={() => inside.current?.closest('dialog')?.close()}>
            Cancel
          </Button>
          {diff && !same && (
            <Button primary icon="discard" aria-disabled={busy} onClick={() => void restore()}>
              Restore
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
