import { readFileSync } from 'node:fs';

export interface Turn {
  readonly id: string;
  readonly session: number;
  readonly speaker: string;
  readonly text: string;
  readonly at: number;
}

export interface Question {
  readonly text: string;
  readonly category: number;
  /** Ids of the turns that answer it; only those that the conversation has. */
  readonly evidence: readonly string[];
  /** Ids that name no turn. */
  readonly malformed: number;
}

export interface Conversation {
  readonly turns: readonly Turn[];
  readonly questions: readonly Question[];
}

interface RawTurn {
  readonly speaker: string;
  readonly dia_id: string;
  readonly text: string;
  readonly blip_caption?: string;
}

interface RawConversation {
  readonly conversation: Readonly<Record<string, unknown>>;
  readonly qa: readonly {
    readonly question: string;
    readonly category: number;
    readonly evidence: readonly string[];
  }[];
}

/** Reads a file in LoCoMo's own layout. */
export function readLocomo(file: string): Conversation[] {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as readonly RawConversation[];
  return raw.map(({ conversation, qa }) => {
    const turns = Object.keys(conversation)
      .flatMap((key) => /^session_(\d+)$/.exec(key)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
      .flatMap((session) => turnsOf(conversation, session));
    const known = new Set(turns.map(({ id }) => id));
    const questions = qa.map(({ question, category, evidence }) => {
      // Some entries hold several ids: "D8:6; D9:17".
      const ids = new Set(evidence.flatMap((entry) => entry.split(/[;,\s]+/).filter(Boolean)));
      const usable = [...ids].filter((id) => known.has(id));
      return { text: question, category, evidence: usable, malformed: ids.size - usable.length };
    });
    return { turns, questions };
  });
}

function turnsOf(conversation: RawConversation['conversation'], session: number): Turn[] {
  const at = parseDate(String(conversation[`session_${session}_date_time`]));
  return (conversation[`session_${session}`] as readonly RawTurn[]).map((turn) => ({
    id: turn.dia_id,
    session,
    speaker: turn.speaker,
    text: turn.blip_caption ? `${turn.text} [shares ${turn.blip_caption}]` : turn.text,
    at,
  }));
}

/** "1:56 pm on 8 May, 2023" to ms since the epoch, as UTC. */
function parseDate(text: string): number {
  const match = /^(\d+):(\d+) (am|pm) on (\d+) (\w+), (\d+)$/.exec(text.trim());
  if (!match) throw new Error(`a date of a session: expected "1:56 pm on 8 May, 2023", received "${text}"`);
  const [, hour, minute, half, day, month, year] = match;
  const hours = (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  return Date.parse(`${day} ${month} ${year} 00:00:00 UTC`) + (hours * 60 + Number(minute)) * 60_000;
}
