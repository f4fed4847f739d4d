import { useState } from 'preact/hooks';
import type { Backup } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { sizeText } from '../../model/overview/job-words.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Command } from '../../parts/states.tsx';
import { Card, CardBlank } from '../dashboard/card.tsx';
import { useBackups } from '../dashboard/use-dashboard.ts';

const KINDS: Record<Backup['kind'], string> = { daily: 'daily', weekly: 'weekly', manual: 'by hand' };
const SHOWN = 5;

/** Copies of everything that is stored, and the way to take one now. */
export function Backups() {
  const live = useBackups();
  return (
    <Card
      title="Backups"
      live={live}
      loading="Loading the backups"
      action={<BackUpNow taken={live.refresh} />}
    >
      {(backups) => <Copies backups={backups} />}
    </Card>
  );
}

function Copies({ backups }: { backups: readonly Backup[] }) {
  const { shown, more } = useFirst(backups, SHOWN);
  if (backups.length === 0)
    return <CardBlank>There is none yet. The first is taken within the hour, or now.</CardBlank>;
  return (
    <>
      <ul class="copies">
        {shown.map(({ id, at, bytes, kind }) => (
          <li key={id}>
            <Icon name="archive" />
            <Moment at={at} />
            <span class="quiet">{KINDS[kind]}</span>
            <span class="number">{sizeText(bytes)}</span>
          </li>
        ))}
      </ul>
      {more}
      <p class="quiet">
        Each was checked when it was made. <Command>progeny restore latest</Command> puts one back.
      </p>
    </>
  );
}

function BackUpNow({ taken }: { taken(): void }) {
  const { client, notify } = useSession();
  const [busy, setBusy] = useState(false);
  const take = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const made = await client.api.backups.create({});
      taken();
      notify({ tone: 'done', text: `Backed up: ${sizeText(made.bytes)}, checked and whole.` });
    } catch (error) {
      notify({ tone: 'failed', text: `No backup was taken. ${problemOf(error).text}` });
    }
    setBusy(false);
  };
  return (
    <Button icon="archive" aria-disabled={busy} onClick={() => void take()}>
      {busy ? 'Backing up…' : 'Back up now'}
    </Button>
  );
}
