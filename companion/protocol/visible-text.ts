/**
 * Text that others wrote, made safe to look at: what would hide, turn round or overwrite what stands beside it (control
 * characters, escape sequences of terminals, marks of direction, characters without width) is shown by its code point,
 * as "‹U+202E›". Tabs and line feeds stay. Nothing is imported here. Pure.
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}

/** The same on one line, for a sentence or a name. Pure. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/\r\n|[\n\r\t]/g, ' '));
}

// Tabs and line feeds do what they say; the two selectors only choose how the sign before them is drawn.
const HIDDEN = /(?!\t|\n|\u{fe0e}|\u{fe0f})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
