import { absolute, standing } from './scan.ts';
import type { RawPath } from './snapshot.ts';

export const LINK_ABOVE = 'A link stands in the place of its folder.';

/** Whether a path of the folder leads through a link, so that what is done there would be done elsewhere. */
export function isBelowLink(root: string, file: RawPath, known?: Map<RawPath, boolean>): boolean {
  const slash = file.lastIndexOf('/');
  if (slash < 0) return false;
  const folder = file.slice(0, slash);
  const found = known?.get(folder);
  if (found !== undefined) return found;
  const is = isBelowLink(root, folder, known) || isLink(root, folder);
  known?.set(folder, is);
  return is;
}

/** Whether a link stands there, or above it. */
export function isRedirected(root: string, at: RawPath): boolean {
  return at !== '' && (isBelowLink(root, at) || isLink(root, at));
}

function isLink(root: string, at: RawPath): boolean {
  return standing(absolute(root, at))?.isSymbolicLink() ?? false;
}
