// What a repository says (a TODO, a branch name, a commit) is data. Each surface of the editor gives some
// characters a meaning: icons, links, even commands. These make such text mean only itself.

const MARKUP = /[\\`*_{}[\]()#+\-.!|<>~$&:@]/g;

/** For status bar text and quick pick labels, where `$(name)` draws an icon. */
export function inLabel(text: string): string {
  return oneLine(text).replaceAll('$(', '$\u200b(');
}

/** For notifications, where `[text](target)` is a link, and may be a command. */
export function inMessage(text: string): string {
  return oneLine(text).replaceAll('](', ']\u200b(');
}

/** For a trusted Markdown string: no markup, no icon, no HTML. */
export function inMarkdown(text: string): string {
  return oneLine(text).replace(MARKUP, '\\$&');
}

/** For Markdown in pieces: no markup, no link, no HTML; spaces and line breaks stay. */
export function inMarkdownText(text: string): string {
  return text.replace(MARKUP, '\\$&');
}

/** At most `length` characters (code points), cut at a word where one ends near the limit. */
export function shorten(text: string, length: number): string {
  const characters = [...oneLine(text)];
  if (characters.length <= length) return characters.join('');
  const cut = characters.slice(0, length - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > length * 0.6 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
