import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { hoverCommands, notesOnLine } from './line-notes.ts';
import { NotesCache } from './notes-cache.ts';

/** Says on hover what was noted and decided on a line. Nothing is asked for a folder that is not trusted. */
export function createHover(ghost: Ghost): readonly Disposable[] {
  const cache = new NotesCache();
  const forget = () => cache.clear();
  return [
    vscode.languages.registerHoverProvider(
      { scheme: 'file' },
      { provideHover: (document, position, token) => hover(ghost, cache, document, position, token) },
    ),
    ghost.link.onEvent(forget),
    ghost.link.onChange(forget),
    { dispose: forget },
  ];
}

async function hover(
  { link, folders, picture, clock, log }: Ghost,
  cache: NotesCache,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | null> {
  const place = folders.trusted && folders.placeOf(document.uri);
  const { api } = link;
  if (!place || !api) return null;
  try {
    const notes = await cache.of(api, place.folder.path, place.file);
    if (token.isCancellationRequested) return null;
    const at = { file: place.file, line: position.line + 1, unsaved: unsavedLines(document) };
    const loops = picture.loops.find(({ path }) => path === place.folder.path)?.loops ?? [];
    const parts = notesOnLine(at, notes, loops, clock.now());
    if (parts.length === 0) return null;
    return new vscode.Hover(parts.map(trusted), document.lineAt(position.line).range);
  } catch (error) {
    log.debug({ error: String(error) }, 'the notes of a file could not be read');
    return null;
  }
}

function unsavedLines(document: vscode.TextDocument): string[] | null {
  return document.isDirty ? document.getText().split(/\r?\n/) : null;
}

function trusted(markdown: string): vscode.MarkdownString {
  const string = new vscode.MarkdownString(markdown, true);
  string.isTrusted = { enabledCommands: [...hoverCommands] };
  return string;
}
