import type { FateMeasures } from './fate-measures.ts';

type TextMeasures = Pick<
  FateMeasures,
  'broken' | 'words' | 'links' | 'owned' | 'waits' | 'asks' | 'concrete'
>;

const MARKER = /^@?(TODO|FIXME|HACK|XXX)\b/;
const LINK = /https?:\/\/\S+|(?<![\w&])#\d+\b|\bGH-\d+\b|\b[A-Z][A-Z0-9]{1,9}-\d+\b/g;
/** A name after the marker; "TODO(Babel 8)" and "TODO(v2)" name a release and nobody. */
const OWNER = /^@?(?:TODO|FIXME|HACK|XXX)\s*(?:[([]\s*@?(?!v\d)[a-z][\w.-]*\s*[)\]]|:?\s*@\w)/i;
const WAITS =
  /\b(once|after|until|till|as soon as|wait(?:ing)? (?:for|on)|blocked (?:by|on)|depends on|upstream|deprecat\w*|version|v?\d+\.\d+(?:\.\d+)?)\b/i;
const CONCRETE =
  /\b(implement|support|add|handle|replace|migrate|upgrade|switch|enable|document|check|validate)(?:s|ed|ing)?\b/i;

/** What the text of a to-do comment, from its marker on, says about itself. Pure. */
export function measuresOfText(text: string): TextMeasures {
  const bare = text.replace(MARKER, '');
  return {
    broken: MARKER.exec(text)?.[1] === 'FIXME' ? 1 : 0,
    words: bare.match(/[\p{L}\p{N}][\p{L}\p{N}'_-]*/gu)?.length ?? 0,
    links: bare.match(LINK)?.length ?? 0,
    owned: OWNER.test(text) ? 1 : 0,
    waits: WAITS.test(bare) ? 1 : 0,
    asks: bare.includes('?') ? 1 : 0,
    concrete: CONCRETE.test(bare) ? 1 : 0,
  };
}

const AUXILIARY =
  /(^|\/)(tests?|__tests__|specs?|testing|testdata|fixtures?|examples?|docs?|documentation|benchmarks?|bench|demos?|playground|samples?|website)(\/|$)|[._-](test|spec)\.\w+$|(^|\/)test_[^/]+$|_test\.\w+$|\.(md|mdx|rst|txt|adoc)$/i;

/** 1 for a file of tests, documents, examples or measurements; 0 for what ships. Pure. */
export function auxiliaryOf(path: string): 0 | 1 {
  return AUXILIARY.test(path) ? 1 : 0;
}
