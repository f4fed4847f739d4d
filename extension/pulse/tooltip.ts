import type { WheelStatus } from '../../companion/protocol/index.ts';
import { stanceWords } from '../../companion/protocol/stance-words.ts';
import { nextWriter } from '../../webviews/model/answered-by.ts';
import { DOOR_WORDS } from '../../webviews/model/doors.ts';
import { inMarkdown } from '../text/plain.ts';
import { moment } from '../text/time.ts';
import { doorsHere, inWords, openLoops, type PulseInput, topLoop } from './pulse.ts';

export interface TooltipInput extends PulseInput {
  /** The next concrete step of the brief, in words. */
  readonly next: string | null;
  readonly extensionVersion: string;
}

/** The commands that links in the tooltip may run; the Markdown string trusts no other. */
export const tooltipCommands = [
  'progeny.showBrief',
  'progeny.goToView',
  'progeny.whisper',
  'progeny.quickActions',
  'progeny.startCompanion',
  'progeny.showLog',
  'progeny.wheelShow',
  'progeny.wheelApprove',
  'progeny.wheelStop',
  'progeny.wheelUndo',
] as const;

/** The pulse's tooltip as Markdown: state, top thread, next step, mode and posture, links. */
export function tooltip(input: TooltipInput): string {
  const paragraphs = [
    `**Progeny** · ${inMarkdown(inWords(input))}`,
    ...run(input),
    ...work(input),
    ...health(input),
  ];
  const version = input.status?.version;
  if (version && version !== input.extensionVersion) {
    paragraphs.push(
      inMarkdown(
        `The companion is version ${version}, this extension ${input.extensionVersion}. "Stop Everything", then start it to update.`,
      ),
    );
  }
  paragraphs.push(links(input));
  return paragraphs.join('\n\n');
}

/** Delegated work, with what can be done about it. */
function run({ status }: TooltipInput): string[] {
  const wheel = status?.wheel;
  if (!wheel) return [];
  const words = RUN_WORDS[wheel.status];
  if (!words) return [];
  const argument = encodeURIComponent(JSON.stringify([wheel.run]));
  const links = words.links.map(([label, command]) => `[${label}](command:${command}?${argument})`);
  return [`**${words.said}** · ${inMarkdown(wheel.sentence.replaceAll('`', ''))}  \n${links.join(' · ')}`];
}

const SHOW = ['Show', 'progeny.wheelShow'] as const;
const NO = ['No, don’t', 'progeny.wheelStop'] as const;
const STOP = ['Stop and take back', 'progeny.wheelStop'] as const;
type RunLink = readonly [label: string, command: (typeof tooltipCommands)[number]];
const RUN_WORDS: Readonly<
  Partial<Record<WheelStatus, { readonly said: string; readonly links: readonly RunLink[] }>>
> = {
  planning: { said: 'Being worked out on a copy', links: [NO, SHOW] },
  previewed: { said: 'Waits for your yes', links: [['Answer…', 'progeny.wheelApprove'], SHOW, NO] },
  counting: { said: 'About to start', links: [NO, SHOW] },
  acting: { said: 'Running', links: [STOP, SHOW] },
  verifying: { said: 'Being verified', links: [STOP, SHOW] },
  interrupted: { said: 'Interrupted', links: [['Undo', 'progeny.wheelUndo'], SHOW] },
};

function work(input: TooltipInput): string[] {
  if (!input.status) return [];
  const top = topLoop(input);
  const lines = [`${openLoops(input)} open ${openLoops(input) === 1 ? 'thread' : 'threads'}`];
  if (top) lines.push(`Nearest: ${inMarkdown(top)}`);
  if (input.next) lines.push(`Next: ${inMarkdown(input.next)}`);
  const until = input.status.pausedUntil ?? 0;
  if (until > input.now) lines.push(`Taps paused until ${inMarkdown(pausedUntil(until, input.now))}`);
  for (const { door, names } of doorsHere(input.status, input.folders))
    lines.push(`$(plug) ${DOOR_WORDS[door].open}: ${names.map(inMarkdown).join(', ')}`);
  lines.push(inMarkdown(stanceWords(input.status)));
  return [lines.join('  \n'), inMarkdown(nextWriter(input.status.answeredBy))];
}

/** The end of a pause in words; a pause of years is one without an end. */
export function pausedUntil(until: number, now: number): string {
  return until - now > 365 * 24 * 3_600_000 ? 'you resume them' : moment(until, now);
}

function health({ status }: TooltipInput): string[] {
  const signs = { error: '$(error)', warning: '$(warning)', info: '$(info)' };
  return (status?.health ?? [])
    .slice(0, 3)
    .map(({ level, message }) => `${signs[level]} ${inMarkdown(message)}`);
}

function links({ link }: TooltipInput): string {
  if (link.state === 'virtual') return '';
  const down = link.state !== 'connected' && link.state !== 'starting';
  return down
    ? '[Start the companion](command:progeny.startCompanion) · [Show log](command:progeny.showLog)'
    : '[Where you are](command:progeny.showBrief) · [Note on this line](command:progeny.whisper) · [All views …](command:progeny.goToView) · [More …](command:progeny.quickActions)';
}
