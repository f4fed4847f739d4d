import { tidyCitations } from './citations.ts';
import { isClaim } from './claims.ts';
import { withoutFlattery } from './flattery.ts';
import { inventedNames } from './names.ts';
import { plain } from './plain.ts';
import { type Source, wholeText } from './source.ts';
import { isSpeaker, isToolText } from './tool-text.ts';
import { tellingWords } from './words.ts';

/** What a sentence may rest on. */
export interface Grounds {
  /** In the order of their numbers, from 1. */
  readonly sources: readonly Source[];
  /** Words of the user in this question: names in there are no invention. */
  readonly said: string;
  /** The word of the fences in the prompt, which belongs into no answer. */
  readonly fence: string;
}

/** Why a sentence is not shown. */
export type Breach =
  | 'empty'
  | 'tool text'
  | 'deed'
  | 'speaker'
  | 'fence'
  | 'flattery'
  | 'address'
  | 'invented name'
  | 'no source';

export type Ruling =
  | {
      readonly shown: string;
      readonly numbers: readonly number[];
      readonly asks: boolean;
      readonly claim: boolean;
    }
  | { readonly breach: Breach };

const ADDRESS = /\b(?:[a-z][\w+.-]*:\/\/|www\.|mailto:|data:\w+\/)\S*/i;
/** That it did something, does it or will: nothing of ours follows from an answer, so it is not true. */
const DEED =
  /\b(?:i|i'?ve|i'?ll|i'?m|we'?ll)\s+(?:have\s+|had\s+|will\s+|am\s+|shall\s+|can\s+now\s+|going\s+to\s+|now\s+|just\s+|already\s+|successfully\s+)*(?:delet|remov|creat|writ|wrote|run|ran|execut|commit|push|merg|renam|fix|updat|chang|install|deploy|revert|forgot|forget|forgott|sav|stor|stopp|start|open|clos|call|send|sent|appl)\w*|\b(?:executing|deleting|running|calling|removing|invoking)\b\s*[:…]|(?<!\p{L})ich\s+(?:habe|werde)\s[^.]{0,80}(?:gelöscht|löschen|entfernt|ausgeführt|ausführen|geändert|erstellt|gestartet|starten)(?!\p{L})/iu;
const QUESTION = /[?？؟]/g;

/** What of one sentence may be shown, whatever was shown before it. Pure. */
export function ruleSentence(raw: string, grounds: Grounds): Ruling {
  if (raw.includes(grounds.fence)) return { breach: 'fence' };
  if (/^\s*#{1,6}\s/.test(raw)) return { breach: 'empty' };
  if (isSpeaker(raw)) return { breach: 'speaker' };
  if (isToolText(raw)) return { breach: 'tool text' };
  const bare = plain(raw).trim();
  if (isSpeaker(bare)) return { breach: 'speaker' };
  if (isToolText(bare)) return { breach: 'tool text' };
  if (DEED.test(bare)) return { breach: 'deed' };
  if (ADDRESS.test(bare)) return { breach: 'address' };
  const content = withoutFlattery(bare).trim();
  if (bare !== '' && content === '') return { breach: 'flattery' };
  const { text, numbers, invented } = tidyCitations(content, (n) =>
    supports(grounds.sources[n - 1], content),
  );
  // "a [1]": what is left of it when its number is gone.
  const shown = text.trim();
  if (!/[\p{L}\p{N}]/u.test(shown.replace(/\[\d+\]/g, ''))) return { breach: 'empty' };
  if (inventedNames(shown, knownText(grounds)).length > 0) return { breach: 'invented name' };
  const asks = /[?？؟]["'”’)\]]*\s*(?:\[\d+\])*\s*$/u.test(shown);
  const claim = !asks && (isClaim(shown) || invented > 0);
  if (claim && numbers.length === 0) return { breach: 'no source' };
  // One mark at the end of a question; what is quoted within keeps its words.
  const marks = shown.match(QUESTION)?.length ?? 0;
  const single = asks ? oneMark(shown) : marks > 0 ? shown.replace(QUESTION, '') : shown;
  const ended = /[.!?…。！？؟:;]["'”’»)]*\s*(?:\[\d+\])*$/u.test(single) ? single : `${single}.`;
  return { shown: ended, numbers, asks, claim };
}

/** Whether a source has a word of the sentence: one about something else holds nothing up. */
function supports(source: Source | undefined, sentence: string): boolean {
  if (!source) return false;
  const words = new Set(tellingWords(wholeText(source)));
  return tellingWords(sentence.replace(/\[[^\]]*\]/g, ' ')).some((word) => words.has(word));
}

function knownText({ sources, said }: Grounds): string {
  return [said, ...sources.map(wholeText)].join('\n');
}

/** Only the last mark of a question stays. */
function oneMark(text: string): string {
  const last = Math.max(text.lastIndexOf('?'), text.lastIndexOf('？'), text.lastIndexOf('؟'));
  return text.slice(0, last).replace(QUESTION, '') + text.slice(last);
}
