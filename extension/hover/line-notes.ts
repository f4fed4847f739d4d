import type { Decision, Loop, Whisper } from '../../companion/protocol/index.ts';
import { readPlace } from '../../webviews/model/place.ts';
import { savedLine } from '../commands/saved-line.ts';
import { inMarkdown, shorten } from '../text/plain.ts';
import { moment, span } from '../text/time.ts';

/** What is known of one file's notes. */
export interface FileNotes {
  readonly whispers: readonly Whisper[];
  readonly decisions: readonly Decision[];
}

/** A line of a document: the file that it belongs to, and its number there, from 1. */
export interface LineOfFile {
  readonly file: string;
  readonly line: number;
  /** The document's lines, where they differ from those of the saved file. */
  readonly unsaved: readonly string[] | null;
}

/** Commands that links in a hover may run. */
export const hoverCommands = ['progeny.openLoop', 'progeny.recallAbout'] as const;

/** More than this is no help while one reads code. */
const MOST = 4;
const TITLE = 60;

/** The notes and decisions on a line as Markdown, the newest first, one part each; none where there is nothing. */
export function notesOnLine(
  at: LineOfFile,
  { whispers, decisions }: FileNotes,
  loops: readonly Loop[],
  now: number,
): string[] {
  const found = [
    ...whispers
      .filter(({ anchor }) => isOnLine(at, anchor))
      .map((whisper) => ({ at: whisper.at, text: whisperText(whisper, loops, now) })),
    ...decisions
      .filter((decision) => isAbout(at, decision, loops))
      .map((decision) => ({ at: decision.at, text: decisionText(decision, loops, now) })),
  ].sort((a, b) => b.at - a.at);
  const parts = found.slice(0, MOST).map(({ text }) => text);
  if (found.length > MOST) parts.push(`_${found.length - MOST} more on this line_`);
  return parts;
}

function isOnLine({ file, line, unsaved }: LineOfFile, anchor: Whisper['anchor']): boolean {
  if (anchor?.kind !== 'line' || anchor.file !== file) return false;
  // The companion reads files: where an unsaved document has moved the text, the nearest line with it counts.
  const shown = unsaved && !anchor.lost ? savedLine(unsaved, anchor.text, anchor.line) : anchor.line;
  return shown === line;
}

/** A decision lies on a line that its links name, or that its thread is tied to. */
function isAbout(at: LineOfFile, { links, loopId }: Decision, loops: readonly Loop[]): boolean {
  const named = links.map(readPlace).some(({ file, line }) => file === at.file && line === at.line);
  const loop = loops.find(({ id }) => id === loopId);
  return named || (loop?.anchors.some((anchor) => isOnLine(at, anchor)) ?? false);
}

function whisperText({ text, at, loopId, anchor }: Whisper, loops: readonly Loop[], now: number): string {
  const lost = anchor?.kind === 'line' && anchor.lost;
  return [
    `$(comment) **Note** · ${age(at, now)}${threadLink(loopId, loops, text)}`,
    inMarkdown(text),
    ...(lost ? ['_The line it was on is gone; this is where it was last._'] : []),
    recallLink(text),
  ].join('\n\n');
}

function decisionText(
  { question, decision, why, at, loopId }: Decision,
  loops: readonly Loop[],
  now: number,
): string {
  return [
    `$(law) **Decision** · ${age(at, now)}${threadLink(loopId, loops)}`,
    `${inMarkdown(question)} → **${inMarkdown(decision)}**`,
    ...(why.trim() === '' ? [] : [inMarkdown(why)]),
    recallLink(question),
  ].join('\n\n');
}

const age = (at: number, now: number) => inMarkdown(`${span(now - at)} ago (${moment(at, now)})`);

/** Only an open thread can be gone to. One that a note opened bears its text, which need not be said twice. */
function threadLink(loopId: string | null, loops: readonly Loop[], text = ''): string {
  const loop = loops.find(({ id }) => id === loopId);
  if (!loop) return '';
  const name = text.startsWith(loop.title.replace(/…$/, '')) ? 'its thread' : shorten(loop.title, TITLE);
  return ` · [${inMarkdown(name)}](${command('progeny.openLoop', loop.id)} "Go to thread")`;
}

const recallLink = (text: string) => `[Recall about this](${command('progeny.recallAbout', text)})`;

function command(id: (typeof hoverCommands)[number], argument: string): string {
  // Parentheses would end the link.
  const given = encodeURIComponent(JSON.stringify([argument])).replace(/[()']/g, percentEncoded);
  return `command:${id}?${given}`;
}

const percentEncoded = (character: string) => `%${character.charCodeAt(0).toString(16)}`;
