import { ago } from '../kernel/index.ts';
import {
  type Axis,
  axis as axisSchema,
  type Levels,
  type SelfMoment,
  type SelfState,
} from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, text, UsageError, wholeNumber } from './options.ts';
import { paint } from './output.ts';

/** What each level is, in plain words. */
const MEANING: Readonly<Record<Axis, string>> = {
  trust: 'what it may do without a click; only verified runs move it',
  warmth: 'how near it stands to you',
  arousal: 'how awake it is',
  valence: 'how well things have gone lately',
};
const BAR = 10;

export const selfCommands: Readonly<Record<string, Command>> = {
  self: {
    usage: 'self [--history] [--axis trust|warmth|arousal|valence] [--limit N] [--mark TEXT] [--unmark ID]',
    summary: 'How Progeny stands to you, and what moved it',
    options: {
      history: { type: 'boolean' },
      axis: { type: 'string' },
      limit: { type: 'string' },
      mark: { type: 'string' },
      unmark: { type: 'string' },
    },
    starts: true,
    async run(args, output, api) {
      const mark = text(args, 'mark');
      if (mark !== undefined) {
        const moment = await api.self.mark({ text: mark });
        return output.result(moment, () => 'Marked. `progeny self --history` shows it.');
      }
      const unmark = text(args, 'unmark');
      if (unmark !== undefined) {
        await api.self.unmark({ id: unmark });
        return output.result({}, () => 'The mark is gone.');
      }
      const axis = axisOf(args);
      if (args.values.history || axis) {
        const history = await api.self.history({
          limit: wholeNumber(args, 'limit', { otherwise: 30 }),
          ...(axis && { axis }),
        });
        return output.result(history, () => historyText(history, Date.now()));
      }
      const state = await api.self.state({});
      const last = (await api.self.history({ limit: 1000 })).find(({ kind }) => kind === 'move');
      output.result(state, () => stateText(state, last?.at ?? null, Date.now()));
    },
  },
};

function stateText(state: SelfState, moved: number | null, now: number): string {
  const levels = (Object.keys(MEANING) as Axis[]).map((axis) => {
    const full = Math.round(state[axis] * BAR);
    const bar = `${'▮'.repeat(full)}${'▯'.repeat(BAR - full)}`;
    return `${axis.padEnd(8)} ${number(state[axis])}  ${bar}  ${paint('dim', MEANING[axis])}`;
  });
  return [
    state.words,
    ...levels,
    paint(
      'dim',
      moved === null
        ? 'Nothing has moved it yet.'
        : `Last moved ${ago(moved, now)}. \`progeny self --history\` says by what.`,
    ),
  ].join('\n');
}

function historyText(history: readonly SelfMoment[], now: number): string {
  if (history.length === 0) return 'Nothing has moved it yet.';
  return history
    .map((moment) => `${paint('dim', ago(moment.at, now).padStart(14))}  ${said(moment)}`)
    .join('\n');
}

function said(moment: SelfMoment): string {
  if (moment.kind === 'mark') return `▸ ${moment.text} ${paint('dim', `(${moment.id})`)}`;
  const changes = moment.changes.map(({ axis, from, to }) => `${axis} ${number(from)} → ${number(to)}`);
  return `${moment.words} ${paint('dim', changes.join(', '))}`.trimEnd();
}

/** ".52", "1.00". */
function number(level: Levels[Axis]): string {
  return level.toFixed(2).replace(/^0/, '');
}

function axisOf(args: Arguments): Axis | undefined {
  const given = text(args, 'axis');
  if (given === undefined) return undefined;
  const axis = axisSchema.safeParse(given);
  if (axis.success) return axis.data;
  throw new UsageError(`--axis: expected ${axisSchema.options.join(', ')}; received "${given}"`);
}
