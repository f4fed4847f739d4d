import type { Clock } from './kernel/index.ts';
import type { LanguageModels } from './language/index.ts';
import type { Models } from './models.ts';
import type { Violations } from './monitoring/index.ts';
import type { Health, ServiceState, Status } from './protocol/index.ts';
import type { OwnSelf } from './self.ts';
import type { Store } from './store/index.ts';
import type { WheelSide } from './wheel-side.ts';
import type { Workspaces } from './workspaces/index.ts';

export interface StatusParts {
  store: Store;
  workspaces: Workspaces;
  clock: Clock;
  version: string;
  instance: string;
  startedAt: number;
  dataDirectory: string;
  demo: boolean;
  clients(): number;
  pausedUntil(): number | null;
  models: Models;
  language: LanguageModels;
  self: OwnSelf;
  wheel: Pick<WheelSide, 'pulse'>;
  violations: Violations;
}

/** Puts the picture of the service together. */
export function serviceStatus({
  store,
  workspaces,
  clock,
  clients,
  pausedUntil,
  models,
  language,
  self,
  wheel,
  violations,
  ...fixed
}: StatusParts): () => Status {
  return () => ({
    ...fixed,
    state: stateOf(store, models, language),
    pid: process.pid,
    now: clock.now(),
    clients: clients(),
    seq: store.mind.seq,
    workspaces: workspaces.list().map((workspace) => workspace.state()),
    health: [
      ...store.notices,
      ...diskHealth(store, clock.now()),
      ...models.health(clock.now()),
      ...language.health(clock.now()),
      ...self.health(clock.now()),
      ...violations.health(),
      ...workspaces.list().flatMap((workspace) => workspace.health),
    ],
    pausedUntil: pausedUntil(),
    ...self.stance,
    answeredBy: language.state.current,
    wheel: wheel.pulse,
  });
}

/** OFFLINE and AMNESIA only where a model was chosen or in use and cannot be used; to have none is a choice. */
export function stateOf(
  { guard }: Store,
  models: Pick<Models, 'health'>,
  language: Pick<LanguageModels, 'offline'>,
): ServiceState {
  if (guard.readOnly) return 'READ_ONLY';
  if (language.offline) return 'OFFLINE';
  return models.health(0).length > 0 ? 'AMNESIA' : 'FULL';
}

function diskHealth({ guard }: Store, at: number): Health[] {
  const subject = 'disk';
  if (guard.readOnly) {
    return [
      {
        subject,
        level: 'error',
        message: 'The data directory cannot be written; nothing new is stored until it can.',
        at,
      },
    ];
  }
  return guard.low
    ? [{ subject, level: 'warning', message: `Only ${Math.floor(guard.freeMb)} MB of disk are free.`, at }]
    : [];
}
