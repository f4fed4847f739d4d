import type { Drift, Loop, Whisper } from '../../companion/protocol/index.ts';
import { BAND_WORDS, driftSentence, isTelling } from '../../webviews/model/drift-words.ts';
import { type Target, targetKey, targetOf } from '../../webviews/model/target.ts';
import { targetsOf, targetWords } from '../go/target.ts';
import { inMarkdown } from '../text/plain.ts';
import { moment, span } from '../text/time.ts';
import { loopIcon } from './loop-icon.ts';

/** What the companion last said about one folder's loops and the notes in them, whole. */
export interface FolderLoops {
  readonly path: string;
  readonly name: string;
  readonly loops: readonly Loop[];
  readonly whispers: readonly Whisper[];
  /** The newest rating of each loop that has one. */
  readonly drift: readonly Drift[];
}

interface RowBase {
  /** Stays the same from snapshot to snapshot, so that the tree keeps what is open and selected. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string | null;
  /** Markdown. */
  readonly tooltip: string;
  readonly spoken: string;
  readonly children: readonly Row[];
}

export type Row = RowBase &
  (
    | { readonly kind: 'folder' }
    | { readonly kind: 'loop'; readonly loop: Loop }
    | { readonly kind: 'note'; readonly workspace: string; readonly target: Target | null }
    | { readonly kind: 'place'; readonly workspace: string; readonly target: Target }
  );

/** The tree: the companion's loops in the companion's order, under their folders where there are several. */
export function rows(folders: readonly FolderLoops[], now: number): readonly Row[] {
  const only = folders.length === 1 ? folders[0] : undefined;
  if (only) return loopRows(only, now);
  return folders.filter(({ loops }) => loops.length > 0).map((folder) => folderRow(folder, now));
}

function folderRow(folder: FolderLoops, now: number): Row {
  const { path, name, loops } = folder;
  return {
    kind: 'folder',
    id: `folder:${path}`,
    label: name,
    description: `${loops.length} open`,
    icon: 'folder',
    color: null,
    tooltip: inMarkdown(path),
    spoken: `${name}, ${loops.length} open threads`,
    children: loopRows(folder, now),
  };
}

function loopRows({ loops, whispers, drift }: FolderLoops, now: number): Row[] {
  return loops.map((loop) =>
    loopRow(
      loop,
      whispers.filter(({ loopId }) => loopId === loop.id),
      drift.find(({ subject }) => subject === loop.id),
      now,
    ),
  );
}

/** A loop with its notes, newest first, and then the places that no note names already. */
function loopRow(loop: Loop, whispers: readonly Whisper[], rated: Drift | undefined, now: number): Row {
  const drift = rated && isTelling(rated) ? rated : null;
  const noted = new Set(whispers.flatMap(({ anchor }) => (anchor ? [targetKey(targetOf(anchor))] : [])));
  const places = targetsOf(loop).filter((target) => !noted.has(targetKey(target)));
  return {
    kind: 'loop',
    loop,
    id: loop.id,
    label: loop.title,
    description: drift ? `drift: ${BAND_WORDS[drift.band].word} · ${loop.summary}` : loop.summary,
    ...loopIcon(loop),
    tooltip: loopTooltip(loop, drift, now),
    spoken: `${loop.title}. ${loop.summary}. ${drift ? `${driftSentence(drift)} ` : ''}${statusWords(loop, now)}`,
    children: [
      ...whispers.map((whisper) => noteRow(whisper, now)),
      ...places.map((target) => placeRow(loop, target)),
    ],
  };
}

function noteRow({ id, workspace, text, anchor, at }: Whisper, now: number): Row {
  const target = anchor && targetOf(anchor);
  const place = target ? targetWords(target) : null;
  return {
    kind: 'note',
    workspace,
    target,
    id,
    label: text,
    description: place?.label ?? '',
    icon: 'comment',
    color: null,
    tooltip: `${inMarkdown(text)}\n\n_${inMarkdown(`noted ${moment(at, now)}`)}_`,
    spoken: `Note: ${text}${place ? `, on ${place.label}` : ''}`,
    children: [],
  };
}

function placeRow(loop: Loop, target: Target): Row {
  const { icon, label, description } = targetWords(target);
  return {
    kind: 'place',
    workspace: loop.workspace,
    target,
    id: `${loop.id}/${targetKey(target)}`,
    label,
    description,
    icon,
    color: null,
    tooltip: inMarkdown(`${label} ${description}`),
    spoken: `${label} ${description}`,
    children: [],
  };
}

function loopTooltip(loop: Loop, drift: Drift | null, now: number): string {
  const parts = [`**${inMarkdown(loop.title)}**`, inMarkdown(loop.summary)];
  if (loop.context) parts.push(inMarkdown(loop.context));
  if (drift) parts.push(inMarkdown(driftSentence(drift)));
  parts.push(
    `_${inMarkdown(`${statusWords(loop, now)}, last touched ${span(now - loop.touchedAt)} ago`)}_ (${inMarkdown(moment(loop.touchedAt, now))})`,
  );
  return parts.join('\n\n');
}

const sourceWords = {
  whisper: 'from a note',
  branch: 'a branch',
  todo: 'from a TODO',
  uncommitted: 'uncommitted work',
  stash: 'a stash',
  failing_test: 'a failing test',
  manual: 'opened by hand',
  import: 'imported',
} as const satisfies Record<Loop['source'], string>;

function statusWords({ status, source, priority, deferUntil }: Loop, now: number): string {
  const words = [status === 'deferred' && deferUntil ? `set aside until ${moment(deferUntil, now)}` : status];
  words.push(sourceWords[source]);
  if (priority !== 'normal') words.push(`${priority} priority`);
  return words.join(', ');
}
