/** One thing about an edit that its author must know. */
export interface Finding {
  /** 1-based; null where it is about the file as a whole. */
  line: number | null;
  /** 1-based; left out where the line says enough. */
  column?: number;
  /** What stands there: "`priority` is \"urgent\"". */
  what: string;
  /** What may stand there; left out where there is no choice. */
  expected?: string;
}

const SHOWN = 3;
const QUOTED = 60;

/** "`open_loops.json` line 14: `priority` is "urgent"; expected low, normal or high." */
export function inWords(file: string, { line, column, what, expected }: Finding): string {
  const across = column === undefined ? '' : `, column ${column}`;
  const place = line === null ? `\`${file}\`` : `\`${file}\` line ${line}${across}`;
  return `${place}: ${what}${expected === undefined ? '' : `; expected ${expected}`}.`;
}

/** The first few findings in full, and how many more there are. */
export function allInWords(file: string, findings: readonly Finding[]): string {
  const told = findings.slice(0, SHOWN).map((finding) => inWords(file, finding));
  const rest = findings.length - told.length;
  return rest > 0 ? `${told.join(' ')} And ${rest} more.` : told.join(' ');
}

/** A received value as it is shown in a message: cut where it is long. */
export function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  const points = [...JSON.stringify(value)];
  return points.length <= QUOTED ? points.join('') : `${points.slice(0, QUOTED - 1).join('')}…`;
}

/** "a", "a or b", "a, b or c". */
export function alternatives(items: readonly string[]): string {
  return items.length <= 1 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
