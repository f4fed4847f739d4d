import { visibleLine } from '../../companion/protocol/visible-text.ts';

/** A line of somebody's words in which what stands between backticks is code. */
export function Coded({ text }: { text: string }) {
  const parts = visibleLine(text).split('`');
  // A backtick without a second one means itself.
  const whole = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('`')];
  return (
    <bdi>{whole.map((part, i) => (i % 2 === 1 && part !== '' ? <code key={i}>{part}</code> : part))}</bdi>
  );
}
