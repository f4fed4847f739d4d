/** A turn of a conversation that was written down as Markdown. */
export interface Turn {
  readonly speaker: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

const BOLD = /^\*\*([^*:\n]{1,60})(?::\*\*|\*\*\s*:)\s*(.*)$/;
const ROLE =
  /^#{1,6}\s+(?:\W{0,4}\s*)?(user|you|human|me|assistant|ai|chatgpt|claude|copilot|cline|gemini)\s*:?\s*$/i;
/** A name of at most three words, each with a capital. */
const PLAIN = /^((?:\p{Lu}[\p{L}\p{N}'’.-]{0,30})(?: \p{Lu}[\p{L}\p{N}'’.-]{0,30}){0,2}):\s+(\S.*)$/u;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;

type Mark = (line: string) => { speaker: string; rest: string } | null;
const marked =
  (pattern: RegExp): Mark =>
  (line) => {
    const match = pattern.exec(line);
    return match ? { speaker: (match[1] as string).trim(), rest: match[2] ?? '' } : null;
  };

/**
 * The turns of a file that is a conversation, by one style of naming speakers: `**Ana:** …`, `## User`, or
 * `Ana: …`. Null for a file that is none: two speakers, one of whom speaks twice or a third time in all, and the
 * first words are somebody's. Pure.
 */
export function turnsOf(lines: readonly string[], from = 0): Turn[] | null {
  for (const pattern of [BOLD, ROLE, PLAIN]) {
    const turns = split(lines, from, marked(pattern));
    if (!turns) continue;
    const speakers = new Set(turns.map(({ speaker }) => speaker.toLowerCase()));
    if (speakers.size >= 2 && (turns.length > 2 || pattern === ROLE)) return turns;
  }
  return null;
}

function split(lines: readonly string[], from: number, markOf: Mark): Turn[] | null {
  const turns: { speaker: string; line: number; body: string[] }[] = [];
  let fenced = false;
  for (const [i, line] of lines.entries()) {
    if (i < from) continue;
    const found = fenced ? null : markOf(line);
    if (FENCE.test(line)) fenced = !fenced;
    if (found) turns.push({ speaker: found.speaker, line: i + 1, body: [found.rest] });
    else if (turns.length > 0) turns.at(-1)?.body.push(line);
    // Only a title may stand above the first turn.
    else if (line.trim() !== '' && !line.startsWith('#')) return null;
  }
  return turns.map(({ body, ...turn }) => ({ ...turn, text: body.join('\n').trim() }));
}
