import { type Random, randomInt } from '../../../../companion/kernel/index.ts';
import { CodeWriter, LANGUAGES, type Language, pick } from './code-writer.ts';
import type { TaggedLine, World } from './world.ts';

/** What an operation works with. */
export interface Site {
  readonly world: World;
  readonly random: Random;
  /** Lines that carry an anchor; some operations aim at them. */
  readonly anchored: ReadonlySet<number>;
}

export type Operation = (site: Site) => void;

export function chance(site: Site, share: number): boolean {
  return site.random.next() < share;
}

export function between(site: Site, low: number, high: number): number {
  return low + randomInt(site.random, high - low + 1);
}

export function anyFile(site: Site): string {
  return pick(site.random, site.world.paths());
}

export function linesOf(site: Site, path: string): TaggedLine[] {
  return [...site.world.file(path).lines];
}

/** The index of a line that is not blank; half of the time an anchored one. */
export function anyLine(site: Site, lines: readonly TaggedLine[]): number {
  const solid = lines.flatMap((line, i) => (line.text.trim() === '' ? [] : [i]));
  const aimed = solid.filter((i) => site.anchored.has(lines[i]!.id));
  if (aimed.length > 0 && chance(site, 0.5)) return pick(site.random, aimed);
  return solid.length > 0 ? pick(site.random, solid) : 0;
}

/** The paragraph (run without a blank line at its left margin) around a random line: [start, end). */
export function anyBlock(site: Site, lines: readonly TaggedLine[]): [number, number] {
  const at = anyLine(site, lines);
  const opens = (i: number) => i === 0 || (lines[i - 1]!.text.trim() === '' && /^\S/.test(lines[i]!.text));
  let start = at;
  while (!opens(start)) start--;
  let end = at + 1;
  while (end < lines.length && !opens(end)) end++;
  return [start, end];
}

export function writerFor(site: Site, path: string): CodeWriter {
  return new CodeWriter(site.random, languageOf(path));
}

export function languageOf(path: string): Language {
  return LANGUAGES.find((language) => path.endsWith(`.${language}`)) ?? 'typescript';
}

export function indentAt(lines: readonly TaggedLine[], at: number): string {
  return /^\s*/.exec(lines[at]?.text ?? '')![0];
}
