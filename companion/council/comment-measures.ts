import type { FateMeasures } from './fate-measures.ts';

type TextMeasures = Pick<FateMeasures, 'broken' | 'words' | 'links' | 'owned' | 'waits'>;

const MARKER = /^@?(TODO|FIXME|HACK|XXX)\b/;
const LINK = /https?:\/\/\S+|(?<![\w&])#\d+\b|\bGH-\d+\b|\b[A-Z][A-Z0-9]{1,9}-\d+\b/g;
const OWNER = /^@?(?:TODO|FIXME|HACK|XXX)\s*(?:\(\s*@?[a-z][\w .-]*\)|\[\s*@?[a-z][\w .-]*\]|\s@\w+|:\s*@\w+)/i;
const WAITS = /\b(once|when|whenever|after|until|till|as soon as|wait(?:ing)? (?:for|on)|blocked|depends on|upstream|eventually|in the future|some ?day|later|v?\d+\.\d+(?:\.\d+)?)\b/i;

/** What the text of a to-do comment, from its marker on, says about itself. Pure. */
export function measuresOfText(text: string): TextMeasures {
  const bare = text.replace(MARKER, '');
  return {
    broken: MARKER.exec(text)?.[1] === 'FIXME' ? 1 : 0,
    words: bare.match(/[\p{L}\p{N}][\p{L}\p{N}'_-]*/gu)?.length ?? 0,
    links: bare.match(LINK)?.length ?? 0,
    owned: OWNER.test(text) ? 1 : 0,
    waits: WAITS.test(bare) ? 1 : 0,
  };
}

const AUXILIARY =
  /(^|\/)(tests?|__tests__|specs?|testing|testdata|fixtures?|examples?|docs?|documentation|benchmarks?|bench|demos?|playground|samples?|website)(\/|$)|[._-](test|spec)\.\w+$|(^|\/)test_[^/]+$|_test\.\w+$|\.(md|mdx|rst|txt|adoc)$/i;

/** 1 for a file of tests, documents, examples or measurements; 0 for what ships. Pure. */
export function auxiliaryOf(path: string): 0 | 1 {
  return AUXILIARY.test(path) ? 1 : 0;
}
