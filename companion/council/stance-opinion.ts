import { count } from '../kernel/index.ts';
import type { MaskPriorities } from '../protocol/index.ts';
import type { Opinion, StanceMeasures } from './case.ts';
import { abstention } from './option-opinion.ts';

const CLEAR = 0.15;

/**
 * For or against one thing by what speaks for and against it. Caution makes what is against it and in its way weigh
 * more, curiosity what is for it. `options`: for, against, or with a way between in the middle. Pure.
 */
export function stanceOpinion(
  { risk, novelty }: MaskPriorities,
  options: readonly string[],
  { support, against, blockers, supportCites, againstCites }: StanceMeasures,
): Opinion {
  if (support + against + blockers === 0) return abstention('Nothing speaks for it or against it yet.');
  const pro = support * (0.6 + 0.8 * novelty);
  const con = (against + 2 * blockers) * (0.6 + 0.8 * risk);
  const lean = (pro - con) / (pro + con + 1);
  const words = [
    `${count(support, 'thing')} for it`,
    `${count(against, 'thing')} against it`,
    ...(blockers > 0 ? [`${blockers} in its way`] : []),
  ].join(', ');
  const middle = options.length > 2 ? options[1]! : null;
  if (Math.abs(lean) < CLEAR && middle === null) return abstention(`It is even: ${words}.`);
  const choice = Math.abs(lean) < CLEAR ? middle! : lean > 0 ? options[0]! : options.at(-1)!;
  const certain = 1 - Math.exp(-(support + against + blockers) / 3);
  return {
    choice,
    logic: Math.min(1, certain * (choice === middle ? 0.4 : 0.3 + Math.abs(lean))),
    reason: `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
    cites: (lean >= 0 ? supportCites : againstCites).slice(0, 5),
    answeredBy: null,
  };
}
