import type { Api } from '../client/index.ts';
import { ago } from '../kernel/index.ts';
import type { ReviewItem, ReviewStatus } from '../protocol/index.ts';
import { reviewStatus } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { type Output, paint } from './output.ts';

const ANSWERS = ['confirm', 'deny', 'context', 'forget'] as const;

export const reviewCommand: Command = {
  usage:
    'review [--all] [--status STATUS] | review ID confirm|deny|forget | review ID context "WHEN IT DOES NOT HOLD"',
  summary: 'What Progeny believes about how you work, with its evidence; say Yes, No or Except when',
  options: { all: { type: 'boolean' }, status: { type: 'string' } },
  starts: true,
  async run(args, output, api) {
    if (args.words.length > 0) return answer(args, output, api);
    const status = statusOf(args);
    if (args.values.all || status) {
      const items = await api.review.list({ ...(status && { status }) });
      output.result(items, () =>
        textOf(items, 'Nothing is believed of you yet. It takes two weeks of work.'),
      );
      return;
    }
    const queue = await api.review.queue({});
    const more = queue.more > 0 ? [paint('dim', `${queue.more} more wait for another day.`)] : [];
    output.result(queue, () =>
      [textOf(queue.items, 'Nothing to review today. `--all` lists all that is believed.'), ...more].join(
        '\n',
      ),
    );
  },
};

async function answer(args: Arguments, output: Output, api: Api): Promise<void> {
  const [id = '', word = '', ...rest] = args.words;
  const said = ANSWERS.find((each) => each === word);
  if (!said) throw new UsageError(`review ${id}: expected ${ANSWERS.join(', ')}; received "${word}"`);
  if (said === 'forget') {
    const gone = await api.review.forget({ id });
    return output.result(gone, () => 'Forgotten, with its evidence.');
  }
  const context = rest.join(' ').trim();
  if (said === 'context' && context === '')
    throw new UsageError(
      `review ${id} context: expected when it does not hold, as "on Fridays"; received nothing`,
    );
  const item = await api.review.answer({ id, answer: said, ...(said === 'context' && { text: context }) });
  output.result(item, () => itemText(item, Date.now()));
}

function textOf(items: readonly ReviewItem[], empty: string): string {
  return items.length === 0 ? empty : items.map((item) => itemText(item, Date.now())).join('\n');
}

/** A belief in two lines: what it says and rests on; how it stands. */
function itemText(item: ReviewItem, now: number): string {
  const except = item.except === null ? '' : ` Except: ${item.except}.`;
  const read = item.exceptRead === null ? '' : ` (read as ${item.exceptRead})`;
  const facts = [
    item.learned ? 'learned' : item.status,
    `weight ${item.weight.toFixed(2)}`,
    `${item.validations} of 3 weeks since it was formed`,
    `tested ${ago(item.testedAt, now)}`,
    item.workspace,
    item.id,
  ];
  return `${item.text} (${item.numbers}).${except}${read}\n     ${paint('dim', facts.filter(Boolean).join(' · '))}`;
}

function statusOf(args: Arguments): ReviewStatus[] | undefined {
  const given = text(args, 'status');
  return given?.split(',').map((word) => {
    const status = reviewStatus.safeParse(word);
    if (status.success) return status.data;
    throw new UsageError(`--status: expected ${reviewStatus.options.join(', ')}; received "${word}"`);
  });
}
