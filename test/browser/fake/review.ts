import type { ReviewItem } from '../../../companion/protocol/index.ts';
import { NOW, sampleReviewItem } from '../../fixtures/samples.ts';

const DAY = 86_400_000;
const WORKSPACE = '/home/dev/atlas';

function weeks(
  kind: ReviewItem['evidence'][number]['kind'],
  counts: readonly (readonly [hits: number, of: number])[],
  moment: Partial<ReviewItem['evidence'][number]['moments'][number]> = {},
): ReviewItem['evidence'] {
  return counts.map(([hits, of], i) => {
    const at = NOW - (2 + 7 * i) * DAY;
    return {
      at,
      kind,
      supports: hits * 2 > of,
      hits,
      of,
      moments: [{ at, workspace: WORKSPACE, ...moment }],
    };
  });
}

/** Beliefs of every sort and standing. */
export function atlasBeliefs(): ReviewItem[] {
  return [
    sampleReviewItem({
      id: 'hypothesis_tests1',
      numbers: '9 of 11 changes with tests and code',
      evidence: weeks(
        'editing',
        [
          [4, 4],
          [3, 3],
          [2, 4],
        ],
        { commit: 'a41c9e2f00b1' },
      ),
    }),
    sampleReviewItem({
      id: 'hypothesis_start1',
      generator: 'rhythm',
      text: 'You usually start work around 09:10',
      numbers: '18 of 20 working days',
      weight: 0.6,
      validations: 2,
      evidence: weeks('presence', [
        [5, 5],
        [4, 5],
        [5, 5],
        [4, 5],
      ]),
    }),
    sampleReviewItem({
      id: 'hypothesis_pair01',
      generator: 'files_together',
      text: 'When you change grammar.ts, you change grammar.md too',
      numbers: '12 of 14 commits of grammar.ts',
      workspace: WORKSPACE,
      evidence: weeks(
        'commits',
        [
          [4, 4],
          [4, 5],
          [4, 5],
        ],
        { files: ['src/parser/grammar.ts', 'docs/grammar.md'] },
      ),
    }),
    sampleReviewItem({
      id: 'hypothesis_peak01',
      generator: 'peak_hours',
      text: 'You get most done between 10:00 and 12:00',
      numbers: '410 of 760 minutes of work',
      status: 'conditional',
      weight: 0.8,
      validations: 3,
      learned: true,
      except: 'on Fridays',
      exceptRead: 'on Friday',
      answeredAt: NOW - DAY,
    }),
    sampleReviewItem({
      id: 'hypothesis_size01',
      generator: 'commit_size',
      text: 'You make small commits, of 4 to 38 lines',
      numbers: '71 of 84 commits',
      status: 'denied',
      answeredAt: NOW - 3 * DAY,
    }),
    sampleReviewItem({
      id: 'hypothesis_branch',
      generator: 'branch_habit',
      text: 'Your branches are named fix/…',
      numbers: '6 of 7 branches',
      status: 'forming',
      weight: 0.2,
      validations: 0,
      workspace: WORKSPACE,
    }),
  ];
}
