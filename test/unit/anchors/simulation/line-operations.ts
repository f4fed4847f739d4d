import { pick } from './code-writer.ts';
import {
  anyFile,
  anyLine,
  between,
  chance,
  indentAt,
  linesOf,
  type Operation,
  type Site,
  writerFor,
} from './site.ts';

function freshLines(site: Site, path: string, at: number): string[] {
  const lines = linesOf(site, path);
  const indent = indentAt(lines, at);
  const texts = writerFor(site, path).statements(between(site, 1, 3));
  return texts.map((text) => (text ? indent + text : text));
}

export const insertLines: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = anyLine(site, lines);
  lines.splice(at + between(site, 0, 1), 0, ...site.world.fresh(freshLines(site, path, at)));
  site.world.write(path, lines);
};

export const deleteLines: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = between(site, 0, lines.length - 1);
  lines.splice(at, between(site, 1, 4));
  site.world.write(path, lines);
};

export const replaceLines: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = between(site, 0, lines.length - 1);
  lines.splice(at, between(site, 1, 3), ...site.world.fresh(freshLines(site, path, at)));
  site.world.write(path, lines);
};

export const deleteAnchoredLine: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = lines.findIndex((line) => site.anchored.has(line.id));
  if (at < 0) return;
  lines.splice(at, 1);
  site.world.write(path, lines);
};

export const editLine: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = anyLine(site, lines);
  const { id, text } = lines[at] ?? { id: 0, text: '' };
  if (!/[A-Za-z]/.test(text)) return;
  lines[at] = { id, text: editText(site, text) };
  site.world.write(path, lines);
};

/** One edit of the kind that leaves a line recognisable to a reader. */
export function editText(site: Site, text: string): string {
  const words = [...text.matchAll(/[A-Za-z_]{3,}/g)].map((match) => match[0]);
  const word = words.length > 0 ? pick(site.random, words) : '';
  switch (between(site, 0, 6)) {
    case 0:
      return word && words.length > 1
        ? text.replace(word, pick(site.random, ['result', 'item', 'value', 'next']))
        : `${text} // why`;
    case 1:
      return /\d/.test(text)
        ? text.replace(/\d+/, String(between(site, 10, 99)))
        : `${text} // see #${between(site, 1, 99)}`;
    case 2:
      return /\)/.test(text) ? text.replace(/\)/, ', options)') : text.replace(word, `${word}Now`);
    case 3:
      return text.replace(word, `${word}All`);
    case 4:
      return text.replace(/^(\s*)/, '$1await ');
    case 5:
      return text.replace(/^(\s*)/, '$1// ');
    default:
      return chance(site, 0.5) ? `${text} // later` : text.replace(word, `this.${word}`);
  }
}

export const addHeader: Operation = (site) => {
  const path = anyFile(site);
  const texts = ['// Copyright the authors.', '// Licensed under MIT.', ''].slice(0, between(site, 1, 3));
  site.world.write(path, [...site.world.fresh(texts), ...linesOf(site, path)]);
};
