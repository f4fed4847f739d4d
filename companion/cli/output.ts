import { styleText } from 'node:util';

/** Where a command's words go. Results go to stdout, progress and complaints to stderr. */
export interface Output {
  readonly json: boolean;
  /** The result: as one line of JSON, or as text made for a person. */
  result(value: unknown, text: () => string): void;
  /** A piece of text as it comes; not with JSON, where the result is one line. */
  stream(piece: string): void;
  /** A line that the next one replaces; only where somebody watches. An empty one clears it. */
  progress(line: string): void;
  note(line: string): void;
}

const WIDTH = 100;

export function terminalOutput(json: boolean): Output {
  const { stdout, stderr } = process;
  return {
    json,
    result: (value, text) => void stdout.write(`${json ? JSON.stringify(value) : text()}\n`),
    stream(piece) {
      if (!json) stdout.write(piece);
    },
    progress(line) {
      if (!stderr.isTTY) return;
      stderr.write(`\r\x1b[K${line.slice(0, Math.min(stderr.columns ?? WIDTH, WIDTH) - 1)}`);
    },
    note: (line) => void stderr.write(`${line}\n`),
  };
}

/** Colour where the terminal has it; the words carry the meaning without. */
export function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Cuts a line at the width of a terminal of 100 columns, with an ellipsis. */
export function cut(text: string, width = WIDTH): string {
  const points = [...text];
  if (width <= 1) return '';
  return points.length <= width ? text : `${points.slice(0, width - 1).join('')}…`;
}
