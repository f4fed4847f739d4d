import type { Tone } from '../../../companion/protocol/index.ts';
import { TONE_WORDS } from '../../model/council-words.ts';
import { TONE_RINGS } from '../../model/mask-face/index.ts';

/** The shape of a tone in its colour, and its word. */
export function ToneLabel({ tone }: { tone: Tone }) {
  const [shape = '', word = ''] = TONE_WORDS[tone].split(' ');
  return (
    <span class="tone-label">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <ToneShape shape={shape} colour={TONE_RINGS[tone].colour} />
      </svg>
      {word}
    </span>
  );
}

function ToneShape({ shape, colour }: { shape: string; colour: string }) {
  const line = { fill: 'none', stroke: colour, 'stroke-width': 2, 'stroke-linejoin': 'round' } as const;
  switch (shape) {
    case '○':
      return <circle cx="6" cy="6" r="4.5" {...line} />;
    case '◇':
      return <path d="M6 1 11 6 6 11 1 6Z" {...line} />;
    case '■':
      return <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill={colour} />;
    case '△':
      return <path d="M6 1.5 11 10.5 1 10.5Z" {...line} />;
    case '✕':
      return <path d="M2 2 10 10M10 2 2 10" {...line} stroke-linecap="round" />;
    default:
      return <path d="M1 1.5 11 1.5 6 10.5Z" {...line} />;
  }
}
