import { count } from '../../companion/kernel/index.ts';
import type { WheelReport, WheelRun } from '../../companion/protocol/index.ts';
import { wheelSizeWords } from '../../companion/protocol/wheel-words.ts';
import type { CommandId } from '../manifest/commands.ts';
import { inMessage, shorten } from '../text/plain.ts';
import { askerWords, plainSentence, secondsLeft } from './wheel-words.ts';

export const UNDO = 'Undo';
export const KEEP = 'Keep';
export const REPORT = 'Show Report';
export const LEFT = 'Show What Was Left';
export type NoticeButton = typeof UNDO | typeof KEEP | typeof REPORT | typeof LEFT;

/** What a window says of a run at this moment. */
export type Notice =
  /** Lives as long as the run is in this state; its Cancel is the run's no. */
  | {
      readonly kind: 'progress';
      readonly text: string;
      /** How much of the countdown has passed, 0 to 1; 0 while it waits; null where nobody knows. */
      readonly fraction: number | null;
    }
  /** Says how it ended. */
  | {
      readonly kind: 'message';
      readonly level: 'info' | 'warning';
      readonly text: string;
      readonly buttons: readonly NoticeButton[];
    };

/** `countdownMs`: how long the countdown was when it was first seen. Pure. */
export function noticeOf(run: WheelRun, now: number, countdownMs: number): Notice | null {
  switch (run.status) {
    case 'planning':
      return progress(`Working out on a copy: ${sentence(run)}`, null);
    case 'previewed':
      return progress(
        `${askerWords(run.origin)}: ${sentence(run)} · ${wheelSizeWords(run)}. ${links(run, 'look', 'approve')}`,
        0,
      );
    case 'counting':
      return counting(run, now, countdownMs);
    case 'acting':
      return progress(`Running · ${stepWords(run)}. ${links(run, 'stop', 'look')}`, null);
    case 'verifying':
      return progress(`Running · verify: ${sentence(run)}. ${links(run, 'stop', 'look')}`, null);
    default:
      return ended(run);
  }
}

function counting(run: WheelRun, now: number, countdownMs: number): Notice | null {
  const { countdown } = run;
  if (!countdown) return progress(`Starts now: ${sentence(run)}. ${links(run, 'look')}`, null);
  const left = countdown.endsAt === null ? countdown.remainingMs : Math.max(0, countdown.endsAt - now);
  const fraction = countdownMs > 0 ? Math.min(1, Math.max(0, 1 - left / countdownMs)) : 1;
  if (countdown.consent === 'click')
    return progress(`Starts in ${secondsLeft(left)} s: ${sentence(run)}. ${links(run, 'look')}`, fraction);
  const words =
    countdown.endsAt === null
      ? `Stands still at ${secondsLeft(left)} s, because the preview is out of sight: ${sentence(run)}`
      : `Starts in ${secondsLeft(left)} s unless you say no: ${sentence(run)}`;
  return progress(`${words}. ${links(run, 'look')}`, fraction);
}

function ended(run: WheelRun): Notice | null {
  const { status, report, conflicts, reason } = run;
  const why = reason ? ` ${dotted(plainSentence(reason, 300))}` : '';
  const left = conflicts.length > 0;
  switch (status) {
    case 'done':
      return message('info', report ? reportWords(report) : `Done: ${sentence(run)}.`, UNDO, KEEP, REPORT);
    case 'interrupted':
      return message(
        'warning',
        `Interrupted: ${sentence(run)}.${why} Undo takes back what is surely the run’s own.`,
        UNDO,
        KEEP,
        REPORT,
      );
    case 'rolled_back': {
      const rest = left ? leftWords(conflicts.length) : 'Your files are as before.';
      return message(
        'warning',
        `Taken back: ${sentence(run)}.${why.replace(/^ Taken back, because (.)/, (_all, first: string) => ` ${first.toUpperCase()}`)} ${rest}`,
        ...(left ? ([LEFT] as const) : []),
        REPORT,
      );
    }
    case 'undone':
      return left ? message('warning', `Undone. ${leftWords(conflicts.length)}`, LEFT, REPORT) : null;
    case 'refused':
    case 'failed':
      return message('warning', `Not done: ${sentence(run)}.${why} Nothing was changed.`, REPORT);
    case 'outdated':
      return message(
        'warning',
        `Out of date: ${sentence(run)}.${why || ' The folder changed since the preview.'} Nothing was changed.`,
        REPORT,
      );
    default:
      // A no, a Keep and an end without an answer are known to whoever gave, or did not give, it.
      return null;
  }
}

/** The four parts in short: what was done, where, how it was verified, how much there is to look at. Pure. */
export function reportWords({ done, where, verified, review }: WheelReport): string {
  const parts = [
    dotted(plainSentence(done, 160)),
    dotted(plainSentence(`Where: ${where}`)),
    dotted(plainSentence(`Verified: ${verified}`)),
    ...(review.length > 0 ? [`${count(review.length, 'place')} to look at.`] : []),
  ];
  return parts.join(' ');
}

export function leftWords(files: number): string {
  return `${count(files, 'file')} ${files === 1 ? 'was' : 'were'} left as ${files === 1 ? 'it is' : 'they are'}, because ${files === 1 ? 'it was' : 'they were'} changed after the run.`;
}

function stepWords({ steps, sentence: whole }: WheelRun): string {
  const step = steps.find(({ status }) => status === 'running');
  return plainSentence(step?.words ?? whole);
}

function sentence(run: WheelRun): string {
  return plainSentence(run.sentence).replace(/\.$/, '');
}

function dotted(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

const LINKS = {
  look: ['Look', 'progeny.wheelShow'],
  approve: ['Answer…', 'progeny.wheelApprove'],
  stop: ['Stop', 'progeny.wheelStop'],
} as const satisfies Record<string, readonly [string, CommandId]>;

/** Links of a notification that lives: the editor gives it no other button than Cancel. */
function links({ id }: WheelRun, ...which: readonly (keyof typeof LINKS)[]): string {
  const argument = encodeURIComponent(JSON.stringify([id]));
  return which.map((one) => `[${LINKS[one][0]}](command:${LINKS[one][1]}?${argument})`).join(' · ');
}

function progress(text: string, fraction: number | null): Notice {
  return { kind: 'progress', text, fraction };
}

function message(level: 'info' | 'warning', text: string, ...buttons: NoticeButton[]): Notice {
  return { kind: 'message', level, text: inMessage(shorten(text, 600)), buttons };
}
