import { ago, duration } from '../kernel/index.ts';
import type { Anchor, Brief, BriefLine, Loop } from '../protocol/index.ts';
import { cut, paint } from './output.ts';

const LABEL = 10;
const WIDTH = 100;
const TITLE = 28;
const SHORTEST_TITLE = 24;

/** A brief for a terminal of 100 columns (look-and-voice: "A brief"). */
export function briefText(brief: Brief): string {
  const date = new Date(brief.at);
  const day = date.toLocaleDateString('en', { weekday: 'long' });
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const away =
    brief.awayMs !== null && brief.awayMs > 3_600_000 ? `, after ${duration(brief.awayMs)} away` : '';
  const lines = [paint('bold', cut(`Where you are · ${brief.name} · ${day} ${time}${away}`)), ''];
  if (brief.last) lines.push(labelled('Last', lineText(brief.last, brief.at)));
  if (brief.loops.length > 0) {
    lines.push('In flight');
    lines.push(...brief.loops.map((loop, index) => loopLine(loop, index + 1)));
    const more = brief.openLoops - brief.loops.length;
    if (more > 0) lines.push(paint('dim', `  and ${more} more: progeny loops`));
  } else lines.push(labelled('In flight', 'nothing is open'));
  lines.push(
    ...brief.away.map((line, index) => labelled(index === 0 ? 'Meanwhile' : '', lineText(line, brief.at))),
  );
  lines.push(...brief.next.map((step, index) => labelled(index === 0 ? 'Next' : '', step.text)));
  if (brief.notes.length > 0) lines.push('', ...brief.notes.map((note) => paint('yellow', cut(note))));
  return lines.join('\n');
}

/** One loop on one line: number, mark of the current one, title, what is open about it, where. */
export function loopLine(loop: Loop, number: number): string {
  const mark = loop.facts.current ? '▸' : ' ';
  const room = WIDTH - 8;
  const summary = cut(loop.summary, room - SHORTEST_TITLE);
  const titleWidth = Math.max(
    SHORTEST_TITLE,
    Math.min(room - summary.length, loop.source === 'todo' ? room : TITLE),
  );
  const title = cut(loop.title, titleWidth).padEnd(TITLE);
  const left = room - title.length - summary.length - 2;
  const places = loop.source === 'todo' ? '' : cut(placesText(loop.anchors), Math.max(left, 0));
  return `${String(number).padStart(3)} ${mark} ${title}  ${summary}${places ? `  ${paint('dim', places)}` : ''}`;
}

function placesText(anchors: readonly Anchor[]): string {
  return anchors
    .flatMap((anchor) =>
      anchor.kind === 'file'
        ? [base(anchor.file)]
        : anchor.kind === 'line'
          ? [`${base(anchor.file)}:${anchor.line}`]
          : [],
    )
    .slice(0, 2)
    .join(', ');
}

function base(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function lineText(line: BriefLine, now: number): string {
  const commit = line.evidence.find((item) => 'commit' in item);
  const when = line.at === null ? '' : `, ${ago(line.at, now)}`;
  return `${line.text}${commit ? ` (${commit.commit.slice(0, 7)}${when})` : when}`;
}

function labelled(label: string, text: string): string {
  return cut(`${label.padEnd(LABEL)} ${text}`);
}
