import { pick } from './code-writer.ts';
import { editText } from './line-operations.ts';
import { anyBlock, anyFile, between, chance, linesOf, type Operation, type Site } from './site.ts';

function newPath(site: Site, path: string): string {
  const extension = path.slice(path.lastIndexOf('.'));
  const folder = pick(site.random, ['core', 'lib', 'app', 'app/inner', 'shared']);
  return `${folder}/${pick(site.random, ['part', 'piece', 'unit'])}-${between(site, 100, 9999)}${extension}`;
}

export const moveFile: Operation = (site) => {
  const from = anyFile(site);
  const to = newPath(site, from);
  if (!site.world.has(to)) site.world.move(from, to);
};

export const moveAndEditFile: Operation = (site) => {
  const from = anyFile(site);
  const to = newPath(site, from);
  if (site.world.has(to)) return;
  site.world.move(from, to);
  const lines = linesOf(site, to);
  for (let n = Math.ceil(lines.length * 0.05); n > 0; n--) {
    const at = between(site, 0, lines.length - 1);
    const { id, text } = lines[at]!;
    if (/[A-Za-z]/.test(text)) lines[at] = { id, text: editText(site, text) };
  }
  site.world.write(to, lines);
};

export const moveBlockToFile: Operation = (site) => {
  const from = anyFile(site);
  const to = chance(site, 0.5) ? anyFile(site) : newPath(site, from);
  if (from === to) return;
  const lines = linesOf(site, from);
  const [start, end] = anyBlock(site, lines);
  const block = lines.splice(start, end - start);
  site.world.write(from, lines);
  const target = site.world.has(to) ? linesOf(site, to) : [];
  const at = target.length > 0 ? anyBlock(site, target)[0] : 0;
  target.splice(at, 0, ...block);
  site.world.write(to, target);
};

export const splitFile: Operation = (site) => {
  const from = anyFile(site);
  const to = newPath(site, from);
  const lines = linesOf(site, from);
  if (lines.length < 40 || site.world.has(to)) return;
  const [cut] = anyBlock(site, lines);
  site.world.write(to, lines.splice(cut));
  site.world.write(from, lines);
};

/** A copy beside the original, made to become something else: the anchors stay with the original. */
export const copyFile: Operation = (site) => {
  const from = anyFile(site);
  const to = newPath(site, from);
  if (site.world.has(to)) return;
  const texts = linesOf(site, from).map(({ text }) => (chance(site, 0.3) ? editText(site, text) : text));
  site.world.write(to, site.world.fresh(texts));
  site.world.copied.add(from);
};

/** Not a file that was just copied: to copy and delete is to move. */
export const deleteFile: Operation = (site) => {
  const path = anyFile(site);
  if (site.world.paths().length > 6 && !site.world.copied.has(path)) site.world.remove(path);
};
