/** Elements whose content is no text either. */
const WHOLE = /<(script|style|iframe|object|svg|template)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
/** A tag: not the parameter of a type, as in `Map<string>`, unless HTML knows its name. */
const KNOWN =
  'a|abbr|audio|b|base|body|br|button|canvas|center|code|details|div|em|embed|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|kbd|label|li|link|main|mark|marquee|meta|nav|ol|p|pre|s|script|section|select|small|span|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|th|thead|title|tr|tt|u|ul|video';
const TAGS = [
  /<!--[\s\S]*?(?:-->|$)/g,
  /<!doctype[^>]*>?/gi,
  new RegExp(`</?(?:${KNOWN})(?:[\\s/][^<>]*)?>`, 'gi'),
  /<\/[a-z][\w:-]*[^<>]*>/gi,
  new RegExp(`<(?:${KNOWN})\\s[^<>]*$`, 'gi'),
  /(?<![\p{L}\p{N}_])<[a-z][\w:-]*(?:[\s/][^<>]*)?>/giu,
];
/** Controls, marks that change the direction of writing, and letters that nobody sees; without tab and line end. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Marks of a question in all their forms, but for the Arabic one, which is written the other way round. */
const ASKING = /[？⁇⁈⁉‽❓❔⸮﹖︖\u037e]\ufe0f?/g;

/** Text without markup of any kind and without what cannot be seen; with one mark for a question. Pure. */
export function plain(text: string): string {
  return withoutMarkdown(withoutHtml(text.replace(UNSEEN, '').replace(ASKING, '?'))).replace(
    /[ \t]{2,}/g,
    ' ',
  );
}

/** Until nothing changes: what is left of one tag may be another. */
function withoutHtml(text: string): string {
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(WHOLE, ' ');
    for (const tag of TAGS) text = text.replace(tag, '');
  }
  return text.replace(/&(?:#\d+|#x[\da-f]+|[a-z]{2,8});/gi, ' ');
}

function withoutMarkdown(text: string): string {
  return text
    .replace(/\[\[([^\]\n]*)\]\]/g, '$1')
    .replace(/\{\{([^}\n]*)\}\}/g, '$1')
    .replace(/~~/g, '')
    .replace(/==(?=\S)([^=\n]*\S)==/g, '$1')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replace(/^[ \t]*(?:```|~~~)[^\n]*$/gm, '')
    .replace(/`+/g, '')
    .replace(/^[ \t]*#{1,6}[ \t]+/gm, '')
    .replace(/^[ \t]*>[ \t]?/gm, '')
    .replace(/^[ \t]*(?:[*+-]|\d{1,2}[.)])[ \t]+/gm, '')
    .replace(/^[ \t]*(?:[-*_=][ \t]*){3,}$/gm, '')
    .replace(/\*{1,3}/g, '')
    .replace(/(?<!\w)_{1,3}(?=\S)([^_\n]*\S)_{1,3}(?!\w)/g, '$1')
    .replace(/^[ \t]*\|.*\|[ \t]*$/gm, '');
}
