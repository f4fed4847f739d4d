import { count } from '../../companion/kernel/index.ts';
import type { ForgetRequest, Forgotten } from '../../companion/protocol/index.ts';

const QUOTED = 120;

/** What an agent asks, in one or two sentences (look-and-voice: what it saw, and what one click does). Pure. */
export function requestText(request: ForgetRequest): string {
  const { agent, preview, workspace, reason } = request;
  const folder = workspace.slice(Math.max(workspace.lastIndexOf('/'), workspace.lastIndexOf('\\')) + 1);
  const what = preview ? amount(preview) : 'what fits';
  const why = reason ? ` It says: “${clip(reason)}”.` : '';
  return `The agent ${agent} asks to forget ${what} in ${folder} (${selectorText(request)}).${why}`;
}

/** "3 memories and 1 decision". Pure. */
export function amount({ memories, whispers, decisions, derived, runs }: Forgotten): string {
  const parts = [
    memories > 0 && count(memories, 'memory', 'memories'),
    whispers > 0 && count(whispers, 'note'),
    decisions > 0 && count(decisions, 'decision'),
    derived > 0 && count(derived, 'summary', 'summaries'),
    runs > 0 && count(runs, 'run of delegated work', 'runs of delegated work'),
  ].filter((part) => part !== false);
  if (parts.length === 0) return 'nothing (it fits nothing now)';
  const last = parts.pop();
  return parts.length === 0 ? `${last}` : `${parts.join(', ')} and ${last}`;
}

/** What was named: words, a tag, a file, a time. Pure. */
function selectorText({ select }: ForgetRequest): string {
  const { ids, query, tag, file, author, since, until } = select;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const parts = [
    ids && count(ids.length, 'record'),
    query && `with the words “${clip(query)}”`,
    tag && `tagged “${clip(tag)}”`,
    file && `about ${clip(file)}`,
    author && `by ${clip(author)}`,
    since !== undefined && `since ${day(since)}`,
    until !== undefined && `until ${day(until)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

function clip(text: string): string {
  const points = [...text.replace(/\s+/g, ' ').trim()];
  return points.length <= QUOTED ? points.join('') : `${points.slice(0, QUOTED - 1).join('')}…`;
}
