import type { Plan, Recipe } from '../agency/index.ts';
import { inFolder, lineNumber, needed, onlyKnown } from './in-folder.ts';
import { badOption, notNow } from './refusals.ts';
import { findVerification } from './verify.ts';

const OPTIONS: Recipe['options'] = [
  { name: 'file', question: 'In which file?', required: true },
  { name: 'symbol', question: 'Which name?', required: true },
  { name: 'to', question: 'What is it to be called?', required: true },
  { name: 'line', question: 'On which line? Empty: where it first stands in the file.', required: false },
];
/** What can stand in a name in any language that an editor renames in. */
const PART = /[\p{L}\p{N}\p{M}_$]/u;

/** A symbol and all that refers to it, by the editor's own provider. */
export const rename: Recipe = {
  name: 'rename',
  title: 'Rename a symbol',
  what: "Renames a symbol and all that refers to it, by the editor's own language support.",
  options: OPTIONS,
  unavailable: async () => null,
  async plan(world, options) {
    onlyKnown(options, OPTIONS);
    const file = inFolder(
      'file',
      needed(options, 'file', 'Name the file that the symbol stands in.'),
      world.root,
    );
    const symbol = needed(options, 'symbol', 'Name the symbol.');
    const to = needed(options, 'to', 'Say what it is to be called.');
    if (/\s/.test(to) || to.length > 1000)
      throw badOption('to', `"${to.slice(0, 60)}" is no name: it holds white space or is too long.`);
    if (to === symbol) throw badOption('to', `it is called "${symbol}" already.`);
    const text = await world.read(file);
    if (text === null) throw badOption('file', `there is no text file "${file}" in the folder.`);
    const place = placeOf(text, symbol, options.line ? lineNumber('line', options.line) : null);
    if (!place)
      throw notNow(`"${symbol}" does not stand in ${file}${options.line ? ` on line ${options.line}` : ''}.`);
    return {
      sentence: `Rename ${symbol} to ${to}, from ${file}:${place.line} on, wherever it is used.`,
      destination: 'in your working tree, not committed',
      steps: [{ tool: 'rename', path: file, line: place.line, column: place.column, to }],
      verify: await findVerification(world, file.split('/').slice(0, -1).join('/')),
    } satisfies Plan;
  },
};

/** Where a whole name stands, 1-based; on one line, or first in the text. Pure. */
export function placeOf(
  text: string,
  symbol: string,
  line: number | null,
): { line: number; column: number } | null {
  for (const [i, each] of text.split('\n').entries()) {
    if (line !== null && line !== i + 1) continue;
    for (let at = each.indexOf(symbol); at >= 0; at = each.indexOf(symbol, at + 1)) {
      const isWhole = !PART.test(each[at - 1] ?? '') && !PART.test(each[at + symbol.length] ?? '');
      if (isWhole) return { line: i + 1, column: at + 1 };
    }
  }
  return null;
}

const MOVE: Recipe['options'] = [
  { name: 'from', question: 'Which file?', required: true },
  { name: 'to', question: 'Where to? A file, or a folder that is there.', required: true },
];

/** A file and what imports it, by the editor's own provider. */
export const moveFile: Recipe = {
  name: 'move-file',
  title: 'Move a file',
  what: "Moves a file and mends what refers to it, by the editor's own language support.",
  options: MOVE,
  unavailable: async () => null,
  async plan(world, options) {
    onlyKnown(options, MOVE);
    const from = inFolder('from', needed(options, 'from', 'Name the file.'), world.root);
    const given = inFolder('to', needed(options, 'to', 'Say where it is to go.'), world.root);
    const [folder, name] = [from.split('/').slice(0, -1).join('/'), from.split('/').at(-1)!];
    const there = await world.list(folder);
    if (!there.includes(name) || (await world.list(from)).length > 0)
      throw badOption('from', `there is no file "${from}" in the folder.`);
    const isFolder = options.to!.trim().endsWith('/') || (await world.list(given)).length > 0;
    const to = isFolder ? `${given}/${name}` : given;
    if (to === from) throw badOption('to', `${from} is there already.`);
    const beside = await world.list(to.split('/').slice(0, -1).join('/'));
    // Case alone may be all that changes.
    if (
      to.toLowerCase() !== from.toLowerCase() &&
      beside.some((each) => each.toLowerCase() === to.split('/').at(-1)!.toLowerCase())
    )
      throw notNow(`${to} is there already. Choose another name.`);
    return {
      sentence: `Move ${from} to ${to} and mend what refers to it.`,
      destination: 'in your working tree, not committed',
      steps: [{ tool: 'move_file', from, to }],
      verify: await findVerification(world, folder),
    } satisfies Plan;
  },
};
