import { namesIn } from './names.ts';

const QUOTED =
  /["“„«]([^"”“»\n]{2,80})["”“»]|(?<![\p{L}\p{N}])['‘]([^'’\n]{2,80})['’](?![\p{L}\p{N}])|`([^`\n]{1,80})`/gu;
/** What only code is written like: `parseLine`, `parse_line`, `Parser`, `WAL`, `c0ffee1`. */
const SYMBOL =
  /(?<![\p{L}\p{N}_./-])(?:\p{L}[\p{L}\p{N}]*(?:_[\p{L}\p{N}]+)+|\p{Ll}+\p{Lu}[\p{L}\p{N}]*|\p{Lu}[\p{L}\p{N}]*\p{Ll}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*|\p{Lu}{2,}[\p{L}\p{N}]*|\p{Lu}\p{Ll}{2,}[\p{L}\p{N}]*)(?![\p{L}\p{N}_])/gu;
const NO_NAME = new Set(
  'why what where who when which how did does was were the this that can could should would please tell show find is are i we you it in on and or warum was wo wer wann welche wie hat haben ist sind war das die der ich wir bitte zeig todo fixme datei ordner zeile stand grund projekt'.split(
    ' ',
  ),
);
const MOST = 12;

/** Names that a question holds: files, branches, commits, symbols, words in quotes; in this order, each once. Pure. */
export function entitiesOf(question: string): string[] {
  const { files, hashes, ids } = namesIn(question);
  const quoted = [...question.matchAll(QUOTED)].map(([, a, b, c]) => (a ?? b ?? c)!.trim());
  const symbols = [...question.matchAll(SYMBOL)].map(([found]) => found);
  const named = [...files, ...hashes, ...ids, ...quoted, ...symbols];
  return [...new Set(named)].filter((name) => !NO_NAME.has(name.toLowerCase())).slice(0, MOST);
}
