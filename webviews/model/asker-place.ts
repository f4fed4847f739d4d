/** Where the asker stands: what "here" and "this file" mean in a question. */
export interface AskerPlace {
  readonly file: string;
  readonly line?: number;
  /** What is selected; data, never an order. */
  readonly selection?: string;
}

/** No more of a selection can be sent. */
export const LONGEST_SELECTION = 20_000;

/** Reads a place from a message or an address; null for anything else. */
export function readAskerPlace(received: unknown): AskerPlace | null {
  if (typeof received !== 'object' || received === null) return null;
  const { file, line, selection } = received as Record<string, unknown>;
  if (typeof file !== 'string' || file === '') return null;
  const at = typeof line === 'string' ? Number(line) : line;
  return {
    file,
    ...(typeof at === 'number' && Number.isSafeInteger(at) && at > 0 && { line: at }),
    ...(typeof selection === 'string' &&
      selection.trim() !== '' && { selection: selection.slice(0, LONGEST_SELECTION) }),
  };
}

/** The place on a chip: "scheduler.ts:88, 3 lines selected". */
export function placeWords({ file, line, selection }: AskerPlace): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const lines = selection?.replace(/\n$/, '').split('\n').length ?? 0;
  const selected = lines === 0 ? '' : `, ${lines === 1 ? '1 line' : `${lines} lines`} selected`;
  return `${name}${line === undefined ? '' : `:${line}`}${selected}`;
}
