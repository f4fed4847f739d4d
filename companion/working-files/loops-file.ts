import type { Anchor, Loop } from '../protocol/index.ts';
import { type ListShape, VERSION } from './entries.ts';
import { formatTime, type Times } from './times.ts';

/** A text to write. `essence` is the part of it that does not change with time and measurements alone. */
export interface Rendered {
  text: string;
  essence: string;
}

export const LOOPS_SHAPE: ListShape = {
  list: 'loops',
  editable: ['title', 'context', 'status', 'priority', 'deferUntil'],
  derived: ['summary', 'anchors'],
};

const ANCHOR_TEXT = 80;

/** `open_loops.json`. Private loops must have been left out already. Pure. */
export function renderLoops(loops: readonly Loop[], times: Times): Rendered {
  const entries = loops.map((loop) => ({ id: loop.id, ...editableOfLoop(loop, times) }));
  const full = loops.map((loop, i) => ({
    ...entries[i],
    summary: loop.summary,
    anchors: loop.anchors.map(anchorInWords),
  }));
  return {
    text: toText({ version: VERSION, loops: full }),
    essence: JSON.stringify([...entries].sort((a, b) => (a.id < b.id ? -1 : 1))),
  };
}

/** The editable fields of a loop as they are written. */
export function editableOfLoop(loop: Loop, times: Times) {
  const { title, context, status, priority, deferUntil } = loop;
  return { title, context, status, priority, deferUntil: formatTime(deferUntil, times) };
}

/** "branch fix/clock", "src/parser.ts:41 handle CRLF". */
export function anchorInWords(anchor: Anchor): string {
  switch (anchor.kind) {
    case 'branch':
      return `branch ${anchor.branch}`;
    case 'file':
      return anchor.file;
    case 'line':
      return `${anchor.file}:${anchor.line} ${short(anchor.text)}${anchor.lost ? ' (lost)' : ''}`.trimEnd();
    case 'commit':
      return `commit ${anchor.commit.slice(0, 10)}`;
    case 'stash':
      return `stash ${anchor.name}`;
    case 'link':
      return anchor.url;
  }
}

export function toText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function short(text: string): string {
  const points = [...text.trim()];
  return points.length <= ANCHOR_TEXT ? points.join('') : `${points.slice(0, ANCHOR_TEXT - 1).join('')}…`;
}
