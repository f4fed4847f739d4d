import { ago, count, duration } from '../../kernel/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { quote, words } from '../quote.ts';
import type { Source } from '../source.ts';
import { ofBranch, ofFile, ofLoop, ofTodo, ofWhisper } from '../sources-of.ts';
import type { Extract, Statement } from '../statement.ts';
import { type Asked, isHere, isWithin, pathNamed } from '../what-is-asked.ts';

const SHOWN = 6;

/** What is open in the file or folder that is meant, on the branch that is named, or at all. */
export function open(asked: Asked, knowledge: Knowledge): Extract {
  const named = pathNamed(asked.question);
  const file = isHere(asked) ? asked.place.file! : (named ?? asked.place.file ?? null);
  const branch = knowledge.branches().find(({ name }) => name === named) ?? null;
  const items = branch
    ? onBranch(branch.name, knowledge)
    : file === null
      ? anywhere(knowledge)
      : within(file, asked.now, knowledge);
  const where = branch?.name ?? file ?? (knowledge.workspace === null ? 'any folder' : 'this folder');
  if (items.length === 0) {
    const looked = 'No TODO, no note, no uncommitted change and no open thread is known there';
    return {
      statements: [{ text: `Nothing is known to be open in ${words(where, 200)}. ${looked}`, sources: [] }],
      known: false,
    };
  }
  const shown = items.slice(0, SHOWN);
  const sources = shown.flatMap((each) => each.sources.slice(0, 1));
  const rest = items.length > shown.length ? `, ${shown.length} of them here` : '';
  const head = `${count(items.length, 'thing is', 'things are')} open in ${words(where, 200)}${rest}`;
  return { statements: [{ text: head, sources }, ...shown], known: true };
}

function within(file: string, now: number, knowledge: Knowledge): Statement[] {
  const { workspace } = knowledge;
  const todos = knowledge.todos().filter((todo) => isWithin(todo.file, file));
  const edits = knowledge.edits();
  const edited = (edits?.files ?? []).filter((each) => isWithin(each, file));
  const noted = new Set<string>();
  const threads = new Set(knowledge.loops().map(({ id }) => id));
  const notes = knowledge.whispers().filter(({ anchor, loopId }) => {
    const there = anchor !== null && 'file' in anchor && isWithin(anchor.file, file);
    const open = there && threads.has(loopId);
    if (open) noted.add(loopId);
    return open;
  });
  const loops = knowledge.loops().filter(({ id, source, anchors }) => {
    const there = anchors.some((anchor) => 'file' in anchor && isWithin(anchor.file, file));
    return there && !noted.has(id) && source !== 'todo' && source !== 'uncommitted';
  });
  const branches = knowledge
    .branches()
    .filter(({ files, ahead }) => (ahead ?? 0) > 0 && files.some((each) => isWithin(each, file)))
    .filter(
      ({ name }) =>
        !loops.some(({ anchors }) => anchors.some((each) => each.kind === 'branch' && each.branch === name)),
    );
  const since = edits?.since == null ? '' : ` for ${duration(now - edits.since)}`;
  return [
    ...edited.map((each): Statement => {
      const place = edits!.places.find((at) => at.file === each);
      const source = ofFile(each, place?.line, workspace, `changes in ${each} that no commit holds`);
      return {
        text: `${each}${place ? `:${place.line}` : ''} has uncommitted changes${since}`,
        sources: [source],
      };
    }),
    ...notes.map((note): Statement => {
      const source = ofWhisper(note, knowledge.isPrivate(note.loopId));
      return {
        text: `Your note${at(source)}, ${ago(note.at, now)}: ${quote(note.text, 140)}`,
        sources: [source],
      };
    }),
    ...todos.map((todo): Statement => {
      const age = todo.writtenAt === null ? '' : `, ${duration(now - todo.writtenAt)} old`;
      const since = todo.changesSince > 0 ? `, file changed ${count(todo.changesSince, 'time')} since` : '';
      const says = `${todo.tag} at ${todo.file}:${todo.line}: ${quote(todo.text, 140)}${age}${since}`;
      return { text: says, sources: [ofTodo(todo, workspace)] };
    }),
    ...loops.map(ofThread),
    ...branches.map((branch): Statement => {
      const says = `${branch.name} changes it too, ${count(branch.ahead!, 'commit')} ahead`;
      return { text: says, sources: [ofBranch(branch, workspace, says)] };
    }),
  ];
}

function onBranch(branch: string, knowledge: Knowledge): Statement[] {
  return knowledge
    .loops()
    .filter(({ anchors }) => anchors.some((each) => each.kind === 'branch' && each.branch === branch))
    .map(ofThread);
}

function anywhere(knowledge: Knowledge): Statement[] {
  return knowledge.loops().map(ofThread);
}

function ofThread(loop: Parameters<typeof ofLoop>[0]): Statement {
  return { text: `${words(loop.title, 90)}, ${words(loop.summary, 120)}`, sources: [ofLoop(loop)] };
}

function at({ file, line }: Source): string {
  return file === undefined ? '' : ` at ${file}${line === undefined ? '' : `:${line}`}`;
}
