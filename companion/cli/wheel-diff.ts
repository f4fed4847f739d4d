import { structuredPatch } from 'diff';
import type { Api } from '../client/index.ts';
import { visibleLine, visibleText, type WheelFile, type WheelPreview } from '../protocol/index.ts';
import { paint } from './output.ts';

const LONGEST_MS = 1500;

type Sides = Awaited<ReturnType<Api['wheel']['file']>>;

/** What a preview changes, as a unified diff, line by line; what hides or turns text is shown by its code point. */
export async function diffLines(preview: WheelPreview, api: Api): Promise<string[]> {
  const lines: string[] = [];
  for (const file of preview.files) {
    const sides = await api.wheel.file({ id: preview.run, path: file.path });
    lines.push(...fileLines(file, sides));
  }
  return lines;
}

function fileLines({ path, from, kind, bytes }: WheelFile, { before, after }: Sides): string[] {
  const name = visibleLine(path);
  const head = [
    paint('bold', `--- ${kind === 'added' ? '/dev/null' : `a/${from === null ? name : visibleLine(from)}`}`),
    paint('bold', `+++ ${kind === 'deleted' ? '/dev/null' : `b/${name}`}`),
  ];
  if (before.binary || after.binary) return [...head, paint('dim', `no text, ${bytes} bytes`)];
  const patch = structuredPatch('a', 'b', before.text ?? '', after.text ?? '', '', '', {
    context: 3,
    timeout: LONGEST_MS,
  });
  if (!patch) return [...head, paint('dim', 'too different to be compared line by line')];
  // Where all lines end alike, how they end is not worth a word.
  const all = `${before.text ?? ''}${after.text ?? ''}`;
  const plain = !all.includes('\r\n') || !/(^|[^\r])\n/.test(all);
  const body = patch.hunks.flatMap((hunk) => [
    paint('cyan', `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`),
    ...hunk.lines.map((line) => painted(visibleText(plain ? line.replace(/\r$/, '') : line))),
  ]);
  return [...head, ...(body.length === 0 ? [paint('dim', 'its text stays as it is')] : body)];
}

/** As git says where a side has nothing: after line 0. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function painted(line: string): string {
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}
