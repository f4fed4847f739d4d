import nodePath from 'node:path';
import type { EditorRenameAnswer, EditorRenameInput } from '../../companion/protocol/index.ts';
import { inside, relativeTo } from '../workspace/relative.ts';
import { editedText } from './edited-text.ts';
import { folderOf, mentions, nameAt, namesOf, refersBeside, wayTo } from './mentions.ts';
import type { ProviderAnswer, RenameEditor } from './rename-editor.ts';

type Step = EditorRenameInput['step'];
type SymbolStep = Extract<Step, { tool: 'rename' }>;
type MoveStep = Extract<Step, { tool: 'move_file' }>;

/** More files, or places, than these are not asked about: each question costs the provider a look at the project. */
const MOST_FILES = 2000;
const MOST_PLACES = 40;
const MOST_OPENED = 200;
const MOST_IN_FILE = 5;
const BOM = '\uFEFF';

/**
 * What the editor's own provider would change for a rename. Nothing is applied, no file is written. Rejects with words
 * where it cannot be told: unsaved editors in the way, no provider, a place that names nothing.
 */
export async function renameInEditor(
  editor: RenameEditor,
  { root, step }: EditorRenameInput,
): Promise<EditorRenameAnswer> {
  const folder = editor.folder(root);
  if (folder === null) throw new Error(`${root} is no folder of this window.`);
  if (step.tool === 'move_file') return await moveFile(editor, folder, step);
  await openUses(editor, folder, step);
  const answer = await editor.provide(absolute(folder, step.path), step.line - 1, step.column - 1, step.to);
  if (!answer || answer.edits.length + answer.moves.length === 0) {
    throw new Error(
      `The editor finds nothing to rename at ${step.path}:${step.line}:${step.column}. Put the cursor on the name; its language needs an extension that can rename.`,
    );
  }
  return await inFolder(editor, folder, answer);
}

/**
 * Where a project says nowhere which files belong to it, its language knows only those that are open, and would rename
 * in these alone. So those that have the name in them are opened first, out of sight.
 */
async function openUses(editor: RenameEditor, folder: string, step: SymbolStep): Promise<void> {
  const file = absolute(folder, step.path);
  const lines = (await editor.text(file)).split(/\r\n|\n|\r/);
  const name = nameAt(lines[step.line - 1] ?? '', step.column - 1);
  if (name === null) return;
  let opened = 0;
  for (const candidate of await editor.candidates(folder, file, MOST_FILES)) {
    if (opened >= MOST_OPENED) return;
    if (!(await editor.peek(candidate))?.includes(name)) continue;
    await editor.open(candidate);
    opened++;
  }
}

/** Renames the path in an import of the file: the provider then tells all that refers to it. */
async function moveFile(
  editor: RenameEditor,
  folder: string,
  { from, to }: MoveStep,
): Promise<EditorRenameAnswer> {
  const [old, target] = [absolute(folder, from), absolute(folder, to)];
  const text = await editor.text(old);
  if (await editor.exists(target)) throw new Error(`There is already something at ${to}.`);
  const names = namesOf(from);
  let asked = 0;
  for (const candidate of await editor.candidates(folder, old, MOST_FILES)) {
    if (asked >= MOST_PLACES) break;
    const relative = relativeTo(folder, candidate);
    const content = relative === null ? null : await editor.peek(candidate);
    if (content === null || relative === null) continue;
    for (const { line, character } of mentions(content, names, MOST_IN_FILE)) {
      asked++;
      // Some providers read the new name from the folder of the file that moves, others from that of the file that names it.
      for (const name of new Set([wayTo(folderOf(from), to), wayTo(folderOf(relative), to)])) {
        const answer = await editor.provide(candidate, line, character, name).catch(() => null);
        if (answer?.moves.some((move) => move.from === old && move.to === target))
          return await inFolder(editor, folder, answer);
      }
    }
  }
  if (refersBeside(text) && folderOf(from) !== folderOf(to)) {
    throw new Error(
      `${from} refers to files beside it, and no file was found through which the editor's provider would move it with its references. Move it in the editor's explorer, which asks its language.`,
    );
  }
  return { texts: {}, moves: [{ from, to }] };
}

async function inFolder(
  editor: RenameEditor,
  folder: string,
  { edits, moves, others }: ProviderAnswer,
): Promise<EditorRenameAnswer> {
  if (others > 0) throw new Error('The rename would make or delete files besides, which is not done here.');
  const relative = (path: string) => {
    const found = relativeTo(folder, path);
    if (found === null) throw new Error(`The rename reaches out of the folder, to ${path}.`);
    return found;
  };
  const moved = moves.map(({ from, to }) => ({ from: relative(from), to: relative(to) }));
  const texts: Record<string, string> = {};
  for (const { path, changes } of edits) {
    if (changes.length === 0) continue;
    const name = relative(path);
    const at = moved.find(({ from }) => from === name)?.to ?? name;
    const text = await editor.text(path);
    // Editors do not count the mark at the beginning of a file.
    texts[at] = text.startsWith(BOM) ? BOM + editedText(text.slice(1), changes) : editedText(text, changes);
  }
  for (const { from } of moves) await editor.text(from);
  return { texts, moves: moved };
}

function absolute(folder: string, file: string): string {
  const found = inside(folder, file);
  if (found === null) throw new Error(`"${file}" is not inside the folder.`);
  return nodePath.normalize(found);
}
