import { clip } from '../kernel/index.ts';
import { plain } from './plain.ts';
import { isSpeaker, isToolText } from './tool-text.ts';

/** Of a text so many times what is shown of it is read: it takes longer the longer it is. */
const READ = 5;

/**
 * Somebody's words within ours: one line of plain text, without numbers that could pass for citations and without marks
 * that could pass for a question of ours. What reads like a command to a program is not shown; a click on its source
 * shows it. Pure.
 */
export function words(whole: string, limit: number): string {
  const text = clip(whole, READ * limit);
  if (isToolText(text) || isSpeaker(text)) return '(text that reads like a command to a program)';
  const line = plain(text)
    .replace(/[[【]\s*[\^#]?\d[^\]】\n]{0,24}[\]】]/g, '')
    .replace(/[?？؟]+/g, '')
    .replace(/(?:[a-z][\w+.-]*:\/\/|www\.)\S+/gi, '(address)')
    .replace(/["“”„]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  if (isToolText(line) || isSpeaker(line)) return '(text that reads like a command to a program)';
  return clip(line, limit).replace(/[.\s]+$/, '');
}

/** As `words`, in quotes. Pure. */
export function quote(text: string, limit: number): string {
  return `"${words(text, limit)}"`;
}
