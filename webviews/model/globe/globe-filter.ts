import type { GlobeKind, GlobePoint, LoopStatus, Tone } from '../../../companion/protocol/index.ts';
import { TONES } from './globe-scene.ts';

export const KINDS = [
  'any',
  'loop',
  'records',
  'whisper',
  'decision',
  'fact',
  'observation',
  'conversation',
  'episode',
  'hypothesis',
  'dream',
] as const;
export const STATES = ['any', 'open', 'later', 'done', 'dropped'] as const;
export type KindChoice = (typeof KINDS)[number];
export type StateChoice = (typeof STATES)[number];
/** What stands in the place of a theme for points that have none. */
export const NO_THEME = 'none';

/** What of all points is shown. Empty: no choice. */
export interface GlobeFilter {
  readonly text: string;
  readonly tones: readonly Tone[];
  readonly kind: KindChoice;
  readonly state: StateChoice;
  /** Id of a theme, `none`, or empty. */
  readonly theme: string;
  /** Id of a panel, or empty. */
  readonly panel: string;
  readonly here: boolean;
}

export const NO_FILTER: GlobeFilter = {
  text: '',
  tones: [],
  kind: 'any',
  state: 'any',
  theme: '',
  panel: '',
  here: false,
};
export const LONGEST_TEXT = 200;

const STATE_OF: Readonly<Record<LoopStatus, Exclude<StateChoice, 'any'>>> = {
  proposed: 'open',
  open: 'open',
  stale: 'open',
  deferred: 'later',
  blessed: 'done',
  merged: 'done',
  dropped: 'dropped',
};

/**
 * A test for points. `workspace` is the folder that is open, `statusAt` the status of a loop at the time that is shown.
 * What belongs to no folder is here, too. Pure.
 */
export function filterTest(
  filter: GlobeFilter,
  workspace: string | null,
  statusAt: (point: GlobePoint) => LoopStatus | null,
): (point: GlobePoint) => boolean {
  const { tones, kind, state, theme, panel, here } = filter;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = new Set<Tone>(tones);
  return (point) => {
    if (kind === 'records' ? point.kind === 'loop' : kind !== 'any' && point.kind !== (kind as GlobeKind))
      return false;
    if (wanted.size > 0 && !wanted.has(point.tone)) return false;
    if (here && point.workspace !== null && point.workspace !== workspace) return false;
    if (theme !== '' && (point.cluster ?? NO_THEME) !== theme) return false;
    if (panel !== '' && !point.guilds.includes(panel)) return false;
    if (state !== 'any') {
      const status = statusAt(point);
      if (status === null || STATE_OF[status] !== state) return false;
    }
    if (words.length === 0) return true;
    const text = `${point.title}\n${point.whisper ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** How many choices are made: what a closed filter bar says. Pure. */
export function choices({ text, tones, kind, state, theme, panel, here }: GlobeFilter): number {
  return [
    text !== '',
    tones.length > 0,
    kind !== 'any',
    state !== 'any',
    theme !== '',
    panel !== '',
    here,
  ].filter(Boolean).length;
}

/** The filter as it stands in an address. */
export function filterQuery({
  text,
  tones,
  kind,
  state,
  theme,
  panel,
  here,
}: GlobeFilter): Record<string, string> {
  return {
    ...(text !== '' && { text }),
    ...(tones.length > 0 && { tones: tones.join(' ') }),
    ...(kind !== 'any' && { kind }),
    ...(state !== 'any' && { state }),
    ...(theme !== '' && { theme }),
    ...(panel !== '' && { panel }),
    ...(here && { here: 'true' }),
  };
}

/** The filter in an address; what it does not know is no choice. */
export function filterOf(query: Readonly<Record<string, string>>): GlobeFilter {
  const asked = new Set((query.tones ?? '').split(' '));
  return {
    text: (query.text ?? '').slice(0, LONGEST_TEXT),
    tones: TONES.filter((tone) => asked.has(tone)),
    kind: KINDS.find((kind) => kind === query.kind) ?? 'any',
    state: STATES.find((state) => state === query.state) ?? 'any',
    theme: (query.theme ?? '').slice(0, 80),
    panel: (query.panel ?? '').slice(0, 80),
    here: query.here === 'true',
  };
}
