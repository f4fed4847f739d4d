import { type Finding, quote } from '../kernel/node.ts';
import { isDayHeading } from './day.ts';
import { SECTIONS } from './now-file.ts';

/** An item of one of the two lists. */
export interface NowLine {
  /** Null for a line that a person added. */
  id: string | null;
  /** As `lineTitle` writes it. */
  title: string;
  ticked: boolean;
  line: number;
}

/** `now.md` as it stands. What is null is not in the file; what is not understood is part of the notes. */
export interface NowDocument {
  focus: { text: string; line: number } | null;
  energy: { text: string; line: number } | null;
  top: NowLine[] | null;
  close: NowLine[] | null;
  notes: string;
  /** Whether there is a heading for the notes. */
  hasNotes: boolean;
  findings: Finding[];
}

const HEADING = /^#{1,6}(?=\s)/;
const PROPERTY = /^(Focus|Energy):/i;
const MARKER = /^ ?(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const BOX = /^\[([ xX])\](?=\s|$)/;
const ID = /^loop_[0-9a-z]{1,59}$/;
const BROKEN_ID = /<!--\s*loop_/;

/** Reads `now.md`. No line is lost: each is understood, or a note, or derived (the heading of the day). */
export function parseNow(text: string): NowDocument {
  const document: NowDocument = {
    focus: null,
    energy: null,
    top: null,
    close: null,
    notes: '',
    hasNotes: false,
    findings: [],
  };
  const rest: string[] = [];
  const notes: string[] = [];
  let section: 'preamble' | 'top' | 'close' | 'other' | 'notes' = 'preamble';
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (section === 'notes') {
      notes.push(line);
      continue;
    }
    const mark = HEADING.exec(line);
    if (mark) {
      const heading = line.slice(mark[0].length).trim();
      const name = heading.toLowerCase();
      if (name === SECTIONS.notes.toLowerCase()) {
        section = 'notes';
        document.hasNotes = true;
      } else if (name === SECTIONS.top.toLowerCase() && !document.top) {
        document.top = [];
        section = 'top';
      } else if (name === SECTIONS.close.toLowerCase() && !document.close) {
        document.close = [];
        section = 'close';
      } else if (isDayHeading(heading)) section = 'preamble';
      else {
        section = 'other';
        rest.push(line);
      }
    } else if (section === 'other') rest.push(line);
    else if (line.trim() === '') continue;
    else if (
      section === 'preamble'
        ? !readProperty(document, line, index + 1)
        : !readItem(document, section, line, index + 1)
    )
      rest.push(line);
  }
  document.notes = [trimmed(rest), trimmed(notes)].filter((part) => part !== '').join('\n\n');
  return document;
}

function readProperty(document: NowDocument, text: string, line: number): boolean {
  const name = PROPERTY.exec(text)?.[1]?.toLowerCase() as 'focus' | 'energy' | undefined;
  if (!name || document[name]) return false;
  document[name] = {
    text: text
      .slice(name.length + 1)
      .replace(/\s+/g, ' ')
      .trim(),
    line,
  };
  return true;
}

function readItem(document: NowDocument, section: 'top' | 'close', text: string, line: number): boolean {
  const marker = MARKER.exec(text);
  if (!marker) return false;
  const item = text.slice(marker[0].length).trim();
  const box = BOX.exec(item);
  const { id, title } = readTitle(box ? item.slice(box[0].length).trim() : item);
  if (id === null && BROKEN_ID.test(title)) {
    document.findings.push({
      line,
      what: `the id at the end of ${quote(title)} cannot be read`,
      expected: 'the comment as it was, or none for a new line',
    });
  } else if (id !== null || title !== '') {
    document[section]?.push({ id, title, ticked: box !== null && box[1] !== ' ', line });
  }
  return true;
}

/** "Fix the clock <!-- loop_01 -->". */
function readTitle(text: string): { id: string | null; title: string } {
  const start = text.lastIndexOf('<!--');
  const id = start >= 0 && text.endsWith('-->') ? text.slice(start + 4, -3).trim() : '';
  return ID.test(id) ? { id, title: text.slice(0, start).trim() } : { id: null, title: text };
}

/** Without the empty lines at both ends; what is between them stays as it is. */
function trimmed(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0
    ? ''
    : lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1).join('\n');
}
