import { visibleLine } from '../../../companion/protocol/visible-text.ts';

/** What others wrote, on a line or two; the whole of it on hover. */
export function ShortTitle({ title, most }: { title: string; most: number }) {
  const line = visibleLine(title);
  const characters = [...line];
  const short = characters.length > most;
  return (
    <bdi {...(short && { title: line })}>
      {short ? `${characters.slice(0, most).join('').trimEnd()}…` : line}
    </bdi>
  );
}
