import type { DoorName, Status, WheelStatus, WorkspaceState } from '../../companion/protocol/index.ts';
import { DOOR_WORDS, openDoors } from '../../webviews/model/doors.ts';
import { type Link, problemOf } from '../link/link.ts';
import { inLabel, shorten } from '../text/plain.ts';

/** Everything that the status bar item is made from. */
export interface PulseInput {
  readonly link: Link;
  readonly status: Status | null;
  /** Paths of this window's folders, as the companion knows them. */
  readonly folders: readonly string[];
  readonly trusted: boolean;
  /** Taps that were shown here and wait for an answer. */
  readonly waitingTaps: number;
  readonly now: number;
}

/** In order of precedence: the first that applies is shown. */
export type PulseKind = 'stopped' | 'degraded' | 'veto' | 'alert' | 'thinking' | 'quiet' | 'idle';

export interface Pulse {
  readonly kind: PulseKind;
  readonly text: string;
  /** For screen readers: the same without icons. */
  readonly label: string;
  /** A theme colour of status bar items, or none. Never the only carrier of the meaning. */
  readonly color: 'error' | 'warning' | 'prominent' | null;
}

const TOP_LOOP_LENGTH = 24;
const RUN_LENGTH = 40;

/**
 * The pulse. It never moves: the editor does not tell extensions whether the system asks for reduced motion.
 * `veto` is delegated work of any folder: whoever sees it can stop it.
 */
export function pulse(input: PulseInput): Pulse {
  const plain =
    stopped(input) ??
    degraded(input) ??
    veto(input) ??
    alert(input) ??
    thinking(input) ??
    quiet(input) ??
    idle(input);
  if (!input.status?.demo) return plain;
  return {
    ...plain,
    text: plain.text.replace(/^(\$\([\w~-]+\) )?/, '$1Demo · '),
    label: `Demo. ${plain.label}`,
  };
}

function stopped({ link, folders }: PulseInput): Pulse | null {
  switch (link.state) {
    case 'connected':
    case 'starting':
      return null;
    case 'virtual':
      return make('stopped', 'circle-slash', 'Progeny rests: virtual workspace');
    case 'incompatible':
      return make('stopped', 'warning', 'Progeny: restart needed', 'warning');
    case 'lost':
      return make('stopped', 'debug-disconnect', 'Progeny: companion lost, restarting', 'warning');
    case 'failed':
      return make('stopped', 'debug-disconnect', 'Progeny: companion does not start', 'error');
    case 'stopped':
      // Without a folder nothing was ever wanted of it.
      return folders.length > 0 ? make('stopped', 'circle-slash', 'Progeny stopped') : null;
  }
}

function degraded({ status }: PulseInput): Pulse | null {
  if (status?.state === 'READ_ONLY')
    return make('degraded', 'lock', 'Progeny: read-only, disk trouble', 'warning');
  const errors = status?.health.filter(({ level }) => level === 'error').length ?? 0;
  if (errors === 0) return null;
  return make('degraded', 'warning', `Progeny: ${count(errors, 'problem')}`, 'warning');
}

/** What the pulse says of a run, by its state; the others are nobody's to stop. */
const RUNS: Readonly<Partial<Record<WheelStatus, readonly [icon: string, words: string, Pulse['color']]>>> = {
  previewed: ['question', 'waits for your yes', 'prominent'],
  counting: ['watch', 'about to start', 'warning'],
  acting: ['play', 'running', 'prominent'],
  verifying: ['beaker', 'verifying', 'prominent'],
  interrupted: ['warning', 'interrupted', 'warning'],
};

function veto({ status }: PulseInput): Pulse | null {
  const run = status?.wheel;
  const said = run && RUNS[run.status];
  if (!said) return null;
  const [icon, words, color] = said;
  const sentence = shorten(run.sentence.replaceAll('`', ''), RUN_LENGTH);
  return make('veto', icon, `${words} · ${sentence}`, color);
}

function alert({ status, waitingTaps, folders, trusted }: PulseInput): Pulse | null {
  if (waitingTaps > 0) return make('alert', 'bell-dot', `${count(waitingTaps, 'tap')} waiting`, 'prominent');
  const gone = here(status, folders).find(({ kind }) => kind === 'gone');
  if (gone) return make('alert', 'warning', `${shorten(gone.name, TOP_LOOP_LENGTH)} is gone`, 'warning');
  return trusted || !status ? null : make('alert', 'shield', 'Progeny: restricted mode');
}

function thinking({ link, status, folders }: PulseInput): Pulse | null {
  if (link.state === 'starting' || (link.state === 'connected' && !status))
    return make('thinking', 'pulse', 'starting …');
  if (status?.wheel?.status === 'planning')
    return make('thinking', 'edit', 'working out a change on a copy …');
  // Later readings follow every commit and save; what is known stays true enough meanwhile.
  const reading = here(status, folders).find(({ scanning, scannedAt }) => scanning && scannedAt === null);
  return reading ? make('thinking', 'eye', `reading ${shorten(reading.name, TOP_LOOP_LENGTH)} …`) : null;
}

function quiet(input: PulseInput): Pulse | null {
  const until = input.status?.pausedUntil ?? 0;
  return until > input.now ? marked(make('quiet', 'bell-slash', `${open(input)} · quiet`), input) : null;
}

function idle(input: PulseInput): Pulse {
  if (input.folders.length === 0) return make('idle', 'pulse', 'no folder open');
  const top = topLoop(input);
  return marked(
    make('idle', 'pulse', top ? `${open(input)} · ${shorten(top, TOP_LOOP_LENGTH)}` : open(input)),
    input,
  );
}

/** The states of this window's folders. */
export function here(status: Status | null, folders: readonly string[]): readonly WorkspaceState[] {
  return status?.workspaces.filter(({ path }) => folders.includes(path)) ?? [];
}

/** Those of this window's folders that agents may see. */
export function openToAgents(status: Status | null, folders: readonly string[]): readonly WorkspaceState[] {
  return here(status, folders).filter(({ doors }) => doors.mcp);
}

/** What is open of this window's folders, door by door, with the folders' names. */
export function doorsHere(
  status: Status | null,
  folders: readonly string[],
): readonly { readonly door: DoorName; readonly names: readonly string[] }[] {
  const open = here(status, folders).flatMap(({ name, doors }) =>
    openDoors(doors).map((door) => ({ door, name })),
  );
  return [...Map.groupBy(open, ({ door }) => door)].map(([door, each]) => ({
    door,
    names: each.map(({ name }) => name),
  }));
}

/** The same with what the user must be able to see at any time: no model answers, and every door that is open. */
function marked(plain: Pulse, { status, folders }: PulseInput): Pulse {
  const doors = doorsHere(status, folders).map(({ door }) => DOOR_WORDS[door].word);
  const offline = status?.state === 'OFFLINE';
  const words = [
    ...(offline ? ['offline: no language model'] : []),
    ...(doors.length > 0 ? [`open to ${doors.join(', ')}`] : []),
  ];
  return {
    ...plain,
    text: `${plain.text}${offline ? ' · no model' : ''}${doors.length > 0 ? ' $(plug)' : ''}`,
    label: [plain.label, ...words].join(', '),
  };
}

export function topLoop({ status, folders }: PulseInput): string | null {
  return here(status, folders).find(({ topLoop }) => topLoop !== null)?.topLoop ?? null;
}

export function openLoops({ status, folders }: PulseInput): number {
  return here(status, folders).reduce((sum, workspace) => sum + workspace.openLoops, 0);
}

/** The state in one plain sentence, for tooltip and status. */
export function inWords(input: PulseInput): string {
  if (input.folders.length === 0 && input.link.state !== 'virtual')
    return 'Open a folder, and Progeny shows your threads of work in it.';
  const problem = problemOf(input.link);
  if (problem) return problem;
  const { status, now } = input;
  if (status?.state === 'READ_ONLY')
    return 'Read-only: the data directory cannot be written. Nothing new is stored.';
  if (!input.trusted) return 'Restricted mode: nothing in this folder is read or noted until you trust it.';
  if ((status?.pausedUntil ?? 0) > now) return 'Taps are paused. Notes and threads work as always.';
  if (status?.state === 'OFFLINE')
    return 'Connected. OFFLINE: no language model is running, so questions are answered from memory and threads.';
  return 'Connected.';
}

function open(input: PulseInput): string {
  return `${openLoops(input)} open`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function make(kind: PulseKind, icon: string, words: string, color: Pulse['color'] = null): Pulse {
  const label = words.startsWith('Progeny') ? words : `Progeny: ${words}`;
  return { kind, text: `$(${icon}) ${inLabel(words)}`, label, color };
}
