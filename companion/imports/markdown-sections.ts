/** What stands under one heading. */
export interface Section {
  /** The headings above it, outermost first, its own last. Empty before the first heading. */
  readonly trail: readonly string[];
  /** Of its heading or, before the first, of its text; from 1. */
  readonly line: number;
  readonly text: string;
}

const HEADING = /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Cuts Markdown at its headings (`#`); those inside fenced code are none. Sections without a text are left out. Pure. */
export function sectionsOf(lines: readonly string[], from = 0): Section[] {
  const sections: Section[] = [];
  const trail: { level: number; title: string }[] = [];
  let fence: string | null = null;
  let start = from;
  let body: string[] = [];
  const end = () => {
    const text = body.join('\n');
    const titles = trail.map(({ title }) => title).filter((title) => title !== '');
    if (text.trim() !== '') sections.push({ trail: titles, line: start + 1, text });
    body = [];
  };
  for (const [i, line] of lines.entries()) {
    if (i < from) continue;
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && mark) fence = mark;
    else if (fence !== null && mark?.startsWith(fence) && line.trim() === mark) fence = null;
    const heading = fence === null ? HEADING.exec(line) : null;
    if (!heading) {
      if (body.length === 0 && line.trim() === '') {
        if (trail.length === 0) start = i + 1;
        continue;
      }
      body.push(line);
      continue;
    }
    end();
    start = i;
    const level = (heading[1] as string).length;
    while ((trail.at(-1)?.level ?? 0) >= level) trail.pop();
    trail.push({ level, title: heading[2] ?? '' });
  }
  end();
  return sections;
}
