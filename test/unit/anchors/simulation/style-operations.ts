import { anyFile, anyLine, chance, linesOf, type Operation } from './site.ts';
import type { TaggedLine } from './world.ts';

export const flipLineEnds: Operation = (site) => {
  const path = anyFile(site);
  const { lines, eol } = site.world.file(path);
  site.world.write(path, lines, eol === '\n' ? '\r\n' : '\n');
};

export const tabsOrSpaces: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const toTabs = lines.some((line) => line.text.startsWith('  '));
  site.world.write(
    path,
    lines.map(({ id, text }) => ({
      id,
      text: toTabs
        ? text.replace(/^( {2})+/, (spaces) => '\t'.repeat(spaces.length / 2))
        : text.replace(/^\t+/, (tabs) => '  '.repeat(tabs.length)),
    })),
  );
};

/** What a formatter does to a whole file: spaces, quotes, semicolons, blank lines, long calls wrapped. */
export const reformat: Operation = (site) => {
  const path = anyFile(site);
  const spaced = chance(site, 0.5);
  const quotes = chance(site, 0.3);
  const lines = linesOf(site, path).flatMap(({ id, text }, i, all): TaggedLine[] => {
    if (text.trim() === '' && all[i - 1]?.text.trim() === '') return [];
    let next = spaced
      ? text.replace(/([^ ])([=+])([^ =>+])/g, '$1 $2 $3').replace(/,(\S)/g, ', $1')
      : text.replace(/(\w) = (\w)/g, '$1=$2').replace(/, /g, ',');
    if (quotes) next = next.includes('"') ? next.replace(/"/g, "'") : next.replace(/'/g, '"');
    return [{ id, text: next }];
  });
  site.world.write(path, lines);
};

/** Breaks one call over lines: its first part keeps the identity. */
export const wrapCall: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = anyLine(site, lines);
  const match = /^(\s*)([^()]*\()([^()]{4,})(\).*)$/.exec(lines[at]?.text ?? '');
  if (!match) return;
  const [, indent, head, inner, tail] = match;
  const rest = inner!.split(', ').map((argument) => `${indent}  ${argument.trim()},`);
  lines.splice(
    at,
    1,
    { id: lines[at]!.id, text: `${indent}${head}` },
    ...site.world.fresh([...rest, `${indent}${tail}`]),
  );
  site.world.write(path, lines);
};
