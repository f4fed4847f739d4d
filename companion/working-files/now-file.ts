import { dayHeading } from './day.ts';
import type { Rendered } from './loops-file.ts';
import type { NowItem, NowView } from './now-view.ts';

export const SECTIONS = { top: 'Top three', close: 'To close', notes: 'Notes' } as const;

/** `now.md`. Ids stand in comments at the end of a line, so that lines can be moved. Pure. */
export function renderNow(view: NowView): Rendered {
  const lines = [
    `# ${dayHeading(view.day)}`,
    '',
    `Focus: ${oneLine(view.focus)}`.trimEnd(),
    `Energy: ${oneLine(view.energy)}`.trimEnd(),
    '',
    `## ${SECTIONS.top}`,
    '',
    ...view.top.map((item, i) => `${i + 1}. ${lineOf(item)}`),
    ...(view.top.length > 0 ? [''] : []),
    `## ${SECTIONS.close}`,
    '',
    ...view.close.map((item) => `- [${item.done ? 'x' : ' '}] ${lineOf(item)}`),
    ...(view.close.length > 0 ? [''] : []),
    `## ${SECTIONS.notes}`,
    ...(view.notes === '' ? [] : ['', view.notes]),
  ];
  const text = `${lines.join('\n')}\n`;
  return { text, essence: text };
}

/** A title on one line, so written that it cannot be taken for a checkbox or an id. */
export function lineTitle(title: string): string {
  const line = oneLine(title).replaceAll('<!--', '<! --');
  return line.startsWith('[') ? `\\${line}` : line;
}

function lineOf({ id, title }: NowItem): string {
  return `${lineTitle(title)} <!-- ${id} -->`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
