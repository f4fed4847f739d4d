import type { Target } from '../model/target.ts';
import { safeUrl } from '../model/target.ts';

/** What opens files when the app runs in a browser. */
export const EDITORS = {
  vscode: 'VS Code',
  'vscode-insiders': 'VS Code Insiders',
  vscodium: 'VSCodium',
  copy: 'No editor: copy the path',
} as const;
export type Editor = keyof typeof EDITORS;

/** The absolute path of a file of a workspace, in the manner of the companion's machine. */
export function absolutePath(workspace: string, file: string): string {
  const windows = /^[a-z]:[\\/]|^\\\\/i.test(workspace);
  const base = workspace.replace(windows ? /[\\/]+$/ : /\/+$/, '');
  return windows ? `${base}\\${file.replaceAll('/', '\\')}` : `${base}/${file}`;
}

/** The address that makes an editor on this machine open the target; null where there is none. */
export function editorHref(editor: Editor, workspace: string, target: Target): string | null {
  if (target.kind === 'link') return safeUrl(target.url);
  if (target.kind !== 'file' || editor === 'copy') return null;
  const segments = absolutePath(workspace, target.file).replaceAll('\\', '/').split('/');
  const path = segments
    .map((part, i) => (i === 0 ? part : encodeURIComponent(part.toWellFormed())))
    .join('/');
  const line = target.line === null ? '' : `:${target.line}`;
  return `${editor}://file${path.startsWith('/') ? '' : '/'}${path}${line}`;
}

/** What to put on the clipboard for a target that a browser cannot open. */
export function clipboardText(workspace: string, target: Target): string {
  if (target.kind === 'commit') return `git show ${target.commit}`;
  if (target.kind === 'branch') return target.branch;
  if (target.kind === 'link') return target.url;
  return absolutePath(workspace, target.file) + (target.line === null ? '' : `:${target.line}`);
}
