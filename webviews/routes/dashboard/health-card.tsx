import { useState } from 'preact/hooks';
import type { Backup, Health } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useStatus } from '../../data/use-companion.ts';
import { sizeText } from '../../model/overview/job-words.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-table.ts';
import { Moment } from '../../parts/moment.tsx';
import { Card } from './card.tsx';
import { useBackups } from './use-dashboard.ts';

/** One finding of a check-up. */
interface Check {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly message: string;
}

const ICONS: Record<Check['result'] | Health['level'], IconName> = {
  ok: 'pass',
  info: 'info',
  warning: 'warning',
  failed: 'error',
  error: 'error',
};

/** What is wrong with the service and what to do; the store's copies; a check-up on demand. */
export function HealthCard() {
  const live = useBackups();
  const { client } = useSession();
  const status = useStatus(client);
  return (
    <Card title="Health" live={live} loading="Loading how it is">
      {(backups) => (
        <>
          <HealthNotes notes={status?.health ?? []} />
          <Copies backups={backups} />
          <Findings />
        </>
      )}
    </Card>
  );
}

function HealthNotes({ notes }: { notes: readonly Health[] }) {
  if (notes.length === 0)
    return (
      <p>
        <Icon name="pass" /> Nothing is amiss.
      </p>
    );
  return (
    <ul class="checks">
      {notes.map(({ subject, level, message, at }) => (
        <li key={`${subject} ${at}`} class={level}>
          <Icon name={ICONS[level]} />
          <span>
            <bdi>{shownText(message)}</bdi> <Moment at={at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Copies({ backups }: { backups: readonly Backup[] }) {
  const newest = backups[0];
  return (
    <p class="quiet">
      {newest ? (
        <>
          The last backup is from <Moment at={newest.at} />, {sizeText(newest.bytes)}; {backups.length} are
          kept.
        </>
      ) : (
        'There is no backup yet; the first is taken within the hour.'
      )}
    </p>
  );
}

/** Runs the doctor when asked: it reads the whole store, which takes a moment. */
function Findings() {
  const { client } = useSession();
  const [checks, setChecks] = useState<readonly Check[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      setChecks((await client.api.system.doctor({})).checks);
    } catch (error) {
      setProblem(problemOf(error).text);
    }
    setBusy(false);
  };
  const amiss = checks?.filter(({ result }) => result !== 'ok').length ?? 0;
  return (
    <div class="doctor" aria-busy={busy}>
      <Button icon="checklist" aria-disabled={busy} onClick={() => void look()}>
        {busy ? 'Looking…' : checks ? 'Look again' : 'Check everything'}
      </Button>
      <div role="status">
        {problem && (
          <p>
            <Icon name="warning" /> It could not be checked. <bdi>{problem}</bdi>
          </p>
        )}
        {checks && (
          <>
            <p class="unseen">
              {amiss === 0 ? 'All is well.' : `${amiss} of ${checks.length} findings want your attention.`}
            </p>
            <ul class="checks">
              {[...checks]
                .sort((a, b) => rank(a) - rank(b))
                .map(({ name, result, message }) => (
                  <li key={name} class={result}>
                    <Icon name={ICONS[result]} />
                    <span>
                      <strong>
                        <bdi>{shownText(name, 80)}</bdi>
                      </strong>{' '}
                      <span class="unseen">{result}: </span>
                      <bdi>{shownText(message)}</bdi>
                    </span>
                  </li>
                ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function rank({ result }: Check): number {
  return { failed: 0, warning: 1, ok: 2 }[result];
}
