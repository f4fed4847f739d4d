import { clip, titleOf } from '../kernel/index.ts';
import type { Decision, Evidence, Loop, MemoryRecord, Whisper } from '../protocol/index.ts';
import type { KnownBranch, KnownCommit, KnownTodo } from './knowledge.ts';
import type { Source } from './source.ts';

const EXCERPT = 400;

/** Shown as it stands, cut. */
function excerptOf(text: string): string {
  return clip(text.trim(), EXCERPT);
}

export function ofMemory(record: MemoryRecord): Source {
  const { file, line, commit } = record.source;
  const told = record.author ?? (record.writtenBy === 'person' ? 'you' : record.writtenBy);
  return {
    kind: 'memory',
    id: record.id,
    title: `${record.kind} by ${told}`,
    excerpt: excerptOf(record.content),
    workspace: record.workspace,
    ...(file !== undefined && { file }),
    ...(file !== undefined && line !== undefined && { line }),
    ...(commit !== undefined && { commit }),
    at: record.happenedAt,
    text: [record.content, ...record.tags, record.about ?? ''].join('\n'),
    rests: [record.id],
    private: record.private,
  };
}

export function ofWhisper(whisper: Whisper, hidden: boolean): Source {
  const { anchor, branch } = whisper;
  return {
    kind: 'whisper',
    id: whisper.id,
    title: titleOf(whisper.text),
    excerpt: excerptOf(whisper.text),
    workspace: whisper.workspace,
    ...(anchor && 'file' in anchor && { file: anchor.file }),
    ...(anchor?.kind === 'line' && !anchor.lost && { line: anchor.line }),
    ...(branch !== null && { branch }),
    at: whisper.at,
    text: anchor?.kind === 'line' ? `${whisper.text}\n${anchor.text}` : whisper.text,
    rests: [whisper.id],
    private: hidden,
  };
}

export function ofDecision(made: Decision, hidden: boolean): Source {
  const { question, decision, why, outcome, options } = made;
  return {
    kind: 'decision',
    id: made.id,
    title: clip(`${question} → ${decision}`, 120),
    excerpt: excerptOf(why || decision),
    workspace: made.workspace,
    at: made.at,
    text: [question, decision, why, outcome, ...options].join('\n'),
    rests: [made.id],
    private: hidden,
  };
}

export function ofLoop(loop: Loop): Source {
  const line = loop.anchors.find((anchor) => anchor.kind === 'line' && !anchor.lost);
  const file = loop.anchors.find((anchor) => anchor.kind === 'file');
  const branch = loop.anchors.find((anchor) => anchor.kind === 'branch')?.branch;
  const places = loop.anchors.flatMap((anchor) => ('file' in anchor ? [anchor.file] : []));
  return {
    kind: 'loop',
    id: loop.id,
    title: loop.title,
    excerpt: excerptOf([loop.summary, loop.context].filter(Boolean).join('. ')),
    workspace: loop.workspace,
    ...(line?.kind === 'line'
      ? { file: line.file, line: line.line }
      : file?.kind === 'file' && { file: file.file }),
    ...(branch !== undefined && { branch }),
    at: loop.touchedAt,
    text: [loop.title, loop.summary, loop.context, ...places].join('\n'),
    rests: [loop.id],
    private: loop.private,
  };
}

export function ofCommit(commit: KnownCommit, workspace: string | null): Source {
  return {
    kind: 'commit',
    id: null,
    title: `${commit.commit.slice(0, 7)} ${clip(commit.subject, 100)}`,
    excerpt: excerptOf(commit.subject),
    workspace,
    commit: commit.commit,
    at: commit.at,
    text: `${commit.subject}\n${commit.author}`,
    rests: [],
    private: false,
  };
}

export function ofTodo(todo: KnownTodo, workspace: string | null): Source {
  return {
    kind: 'file',
    id: null,
    title: `${todo.tag} in ${todo.file}`,
    excerpt: excerptOf(`${todo.tag} ${todo.text}`),
    workspace,
    file: todo.file,
    line: todo.line,
    at: todo.writtenAt,
    text: todo.text,
    rests: [],
    private: false,
  };
}

export function ofFile(
  file: string,
  line: number | undefined,
  workspace: string | null,
  says: string,
): Source {
  return {
    kind: 'file',
    id: null,
    title: line === undefined ? file : `${file}:${line}`,
    excerpt: excerptOf(says),
    workspace,
    file,
    ...(line !== undefined && { line }),
    at: null,
    text: `${says}\n${file}`,
    rests: [],
    private: false,
  };
}

export function ofBranch(
  branch: Pick<KnownBranch, 'name' | 'touchedAt'>,
  workspace: string | null,
  says: string,
): Source {
  return {
    kind: 'branch',
    id: null,
    title: branch.name,
    excerpt: excerptOf(says),
    workspace,
    branch: branch.name,
    at: branch.touchedAt,
    text: `${says}\n${branch.name}`,
    rests: [],
    private: false,
  };
}

/** What a line of a brief rests on. */
export function ofEvidence(evidence: Evidence, says: string, at: number | null, workspace: string): Source {
  if ('file' in evidence) return { ...ofFile(evidence.file, evidence.line, workspace, says), at };
  if ('branch' in evidence)
    return { ...ofBranch({ name: evidence.branch, touchedAt: 0 }, workspace, says), at };
  return { ...ofCommit({ commit: evidence.commit, subject: says, author: '', at: 0 }, workspace), at };
}
