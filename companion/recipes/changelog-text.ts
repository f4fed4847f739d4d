import { linesOf } from '../patches/index.ts';

/** Sections of Keep a Changelog, in their order. */
export const SECTIONS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const;
export type Section = (typeof SECTIONS)[number];
export interface Entry {
  readonly text: string;
  readonly section: Section;
}

/** What is longer is no heading and no entry; reading it as one could take long. */
const LONGEST_LINE = 4000;
const HEADING = /^##\s+(.*?)\s*$/;
const UNRELEASED =
  /^\[?(?:unreleased|upcoming|next(?: release| version)?|head|main|master|development|dev)\]?(?:\s*\(.*\))?$/i;
const VERSION = /^\[?v?\d+\.\d+/i;
const BULLET = /^(\s*)([-*+])\s+(.*?)\s*$/;

/** A changelog with these entries under "Unreleased", in its own style; those that stand there already are left out. Pure. */
export function addEntries(
  text: string,
  entries: readonly Entry[],
): { readonly text: string; readonly added: readonly Entry[] } {
  const end = /\r\n/.test(text) ? '\r\n' : '\n';
  const lines = linesOf(text).map((line) => line.replace(/\r?\n$/, ''));
  const area = areaOf(lines);
  const inArea = area ? lines.slice(area.from, area.to) : [];
  const known = new Set(inArea.flatMap((line) => bulletOf(line)?.[3] ?? []).map(normal));
  const fresh = entries.filter(({ text: words }, i) => {
    const isFirst = entries.findIndex((other) => normal(other.text) === normal(words)) === i;
    return isFirst && !known.has(normal(words));
  });
  if (fresh.length === 0) return { text, added: [] };
  const style = styleOf(lines, inArea);
  const said = fresh.map((entry) => ({
    ...entry,
    line: `${style.bullet} ${style.period ? sentence(entry.text) : entry.text.replace(/\.$/, '')}`,
  }));
  const result = area ? [...lines] : withUnreleased(lines, style);
  const { from, to } = area ?? areaOf(result)!;
  const block = result.slice(from, to);
  const put = style.sections
    ? intoSections(block, said)
    : intoList(
        block,
        said.map(({ line }) => line),
      );
  result.splice(from, to - from, ...put);
  return { text: `${result.join(end)}${text === '' || /\n$/.test(text) ? end : ''}`, added: fresh };
}

/** Lines of what is not released, without its heading. */
function areaOf(lines: readonly string[]): { from: number; to: number } | null {
  const at = lines.findIndex((line) => UNRELEASED.test(headingOf(line)?.[1] ?? ''));
  if (at < 0) return null;
  const rest = lines.slice(at + 1).findIndex((line) => /^#{1,2}\s/.test(line) || /^\[[^\]]+\]:\s/.test(line));
  return { from: at + 1, to: rest < 0 ? lines.length : at + 1 + rest };
}

interface Style {
  readonly bullet: string;
  /** Whether entries end with a full stop. */
  readonly period: boolean;
  readonly sections: boolean;
  readonly brackets: boolean;
}

function styleOf(lines: readonly string[], inArea: readonly string[]): Style {
  const bullets = lines.flatMap((line) => {
    const match = bulletOf(line);
    return match && match[1] === '' ? [match] : [];
  });
  const stars = bullets.filter((match) => match[2] === '*').length;
  const ended = bullets.filter((match) => /[.!?]$/.test(match[3]!)).length;
  const isSection = (line: string) =>
    SECTIONS.some((name) => new RegExp(`^###\\s+${name}\\b`, 'i').test(line));
  const hasOwn = inArea.some((line) => bulletOf(line) !== null || isSection(line));
  const headings = lines.flatMap((line) => headingOf(line)?.[1] ?? []);
  return {
    bullet: stars * 2 > bullets.length ? '*' : '-',
    period: ended * 2 > bullets.length,
    sections: (hasOwn ? inArea : lines).some(isSection),
    brackets: headings.some((heading) => /^\[v?\d/i.test(heading)),
  };
}

function withUnreleased(lines: readonly string[], { brackets }: Style): string[] {
  const heading = brackets ? '## [Unreleased]' : '## Unreleased';
  const first = lines.findIndex((line) => VERSION.test(headingOf(line)?.[1] ?? ''));
  if (first >= 0) return [...lines.slice(0, first), heading, '', ...lines.slice(first)];
  return [...trimmed(lines), ...(lines.length > 0 ? [''] : ['# Changelog', '']), heading];
}

/** Behind the last entry; a blank line stays between it and the next heading. */
function intoList(block: readonly string[], fresh: readonly string[]): string[] {
  const kept = trimmed(block);
  const lead = kept.length === 0 ? [''] : kept;
  const isList = lead.some((line) => bulletOf(line) !== null);
  return [...lead, ...(isList || kept.length === 0 ? [] : ['']), ...fresh, ...tailOf(block)];
}

function intoSections(block: readonly string[], fresh: readonly (Entry & { line: string })[]): string[] {
  let result = [...block];
  for (const section of SECTIONS) {
    const mine = fresh.filter((entry) => entry.section === section).map(({ line }) => line);
    if (mine.length === 0) continue;
    const heading = new RegExp(`^###\\s+${section}\\b`, 'i');
    const at = result.findIndex((line) => heading.test(line));
    if (at < 0) {
      // In the usual order: before the first section that comes after it.
      const later = SECTIONS.slice(SECTIONS.indexOf(section) + 1);
      const before = result.findIndex((line) =>
        later.some((name) => new RegExp(`^###\\s+${name}\\b`, 'i').test(line)),
      );
      const [head, rest] = before < 0 ? [result, []] : [result.slice(0, before), result.slice(before)];
      const kept = trimmed(head);
      result = [
        ...(kept.length === 0 ? [] : kept),
        '',
        `### ${section}`,
        '',
        ...mine,
        ...(rest.length > 0 ? ['', ...rest] : tailOf(block)),
      ];
      continue;
    }
    const next = result.slice(at + 1).findIndex((line) => /^###\s/.test(line));
    const to = next < 0 ? result.length : at + 1 + next;
    result = [...result.slice(0, at + 1), ...intoList(result.slice(at + 1, to), mine), ...result.slice(to)];
  }
  return result;
}

function trimmed(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}

/** A blank line where something follows. */
function tailOf(block: readonly string[]): string[] {
  return block.length > 0 && block.at(-1)!.trim() === '' ? [''] : [];
}

const sentence = (text: string): string => (/[.!?)]$/.test(text) ? text : `${text}.`);

/** Two lines that say the same. Pure. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[.!?\s]+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function bulletOf(line: string): RegExpExecArray | null {
  return line.length > LONGEST_LINE ? null : BULLET.exec(line);
}

function headingOf(line: string): RegExpExecArray | null {
  return line.length > LONGEST_LINE ? null : HEADING.exec(line);
}
