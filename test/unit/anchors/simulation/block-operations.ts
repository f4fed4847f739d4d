import { pick } from './code-writer.ts';
import {
  anyBlock,
  anyFile,
  anyLine,
  between,
  chance,
  indentAt,
  languageOf,
  linesOf,
  type Operation,
  writerFor,
} from './site.ts';

/** Wraps a few whole statements in a condition, as one does; they are indented one step more. */
export const wrapBlock: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = anyLine(site, lines);
  const indent = indentAt(lines, at);
  if (indent === '' || CLOSER.test(lines[at]!.text)) return;
  let end = at + 1;
  const most = at + between(site, 1, 8);
  // Whole statements: deeper lines belong to the one above, a closing line at the same depth ends it.
  while (end < lines.length && (end < most || !startsStatement(lines[end]!.text, indent))) {
    const { text } = lines[end]!;
    if (text.trim() !== '' && indentAt(lines, end).length < indent.length) break;
    end++;
  }
  const inner = lines
    .slice(at, end)
    .map(({ id, text }) => ({ id, text: text.trim() === '' ? text : `  ${text}` }));
  const [open, close] = site.world.fresh([`${indent}if (ready) {`, `${indent}}`]);
  lines.splice(at, inner.length, open!, ...inner, close!);
  site.world.write(path, lines);
};

const CLOSER = /^\s*[}\])]/;

function startsStatement(text: string, indent: string): boolean {
  return text.trim() === '' || (text.startsWith(indent) && /^[^\s}\])]/.test(text.slice(indent.length)));
}

export const moveBlock: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const [start, end] = anyBlock(site, lines);
  const block = lines.splice(start, end - start);
  if (lines.length === 0) return;
  const [to] = anyBlock(site, lines);
  lines.splice(to, 0, ...block);
  site.world.write(path, lines);
};

/** Moves a few lines by a few lines, as with Alt+Up. */
export const nudgeLines: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = anyLine(site, lines);
  const moved = lines.splice(at, between(site, 1, 3));
  const to = Math.max(0, Math.min(lines.length, at + between(site, -4, 4)));
  lines.splice(to, 0, ...moved);
  site.world.write(path, lines);
};

export const deleteBlock: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const [start, end] = anyBlock(site, lines);
  lines.splice(start, Math.min(end - start, 25));
  site.world.write(path, lines);
};

export const addFunction: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const [at] = anyBlock(site, lines);
  lines.splice(at, 0, ...site.world.fresh([...writerFor(site, path).functionLines(), '']));
  site.world.write(path, lines);
};

/**
 * Copies a block to somewhere else, as one does before changing the copy. Where original and copy touch, the
 * upper one counts as the original: the text is the same either way, and git says so too.
 */
export const copyBlock: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const [start, whole] = anyBlock(site, lines);
  const end = Math.min(whole, start + 25);
  const copy = site.world.fresh(lines.slice(start, end).map((line) => line.text));
  const [to] = anyBlock(site, lines);
  lines.splice(to === start ? end : to, 0, ...copy);
  site.world.write(path, lines);
};

export const commentOut: Operation = (site) => {
  const path = anyFile(site);
  const lines = linesOf(site, path);
  const at = anyLine(site, lines);
  const end = Math.min(lines.length, at + between(site, 2, 6));
  const marker = ['python', 'data'].includes(languageOf(path)) ? '#' : '//';
  for (let i = at; i < end; i++) {
    const { id, text } = lines[i]!;
    if (text.trim() !== '') lines[i] = { id, text: text.replace(/^(\s*)/, `$1${marker} `) };
  }
  site.world.write(path, lines);
};

/** Renames an identifier through one file, or through all. */
export const renameIdentifier: Operation = (site) => {
  const path = anyFile(site);
  const words = linesOf(site, path).flatMap((line) => line.text.match(/\b[a-z][A-Za-z0-9_]{3,}\b/g) ?? []);
  const from = words.length > 0 ? pick(site.random, words) : '';
  if (['return', 'const', 'export', 'function', 'import', 'string', 'null', ''].includes(from)) return;
  const to = pick(site.random, ['account', 'source', 'handle', 'target', 'detail']) + between(site, 1, 99);
  const pattern = new RegExp(`\\b${from}\\b`, 'g');
  for (const file of chance(site, 0.2) ? site.world.paths() : [path]) {
    const lines = linesOf(site, file);
    if (!lines.some((line) => pattern.test(line.text))) continue;
    site.world.write(
      file,
      lines.map(({ id, text }) => ({ id, text: text.replace(pattern, to) })),
    );
  }
};
