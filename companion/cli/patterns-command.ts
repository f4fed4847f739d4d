import { ago } from '../kernel/index.ts';
import type { Pattern } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { UsageError } from './options.ts';
import { cut, paint } from './output.ts';

const NAMES: Readonly<Record<Pattern['kind'], string>> = {
  workload_spike: 'workload',
  abandonment: 'left alone',
  focus_shift: 'focus',
  stuck: 'stuck',
  thrash: 'thrash',
  reunion: 'reunion',
  work_at_risk: 'at risk',
};

export const patternsCommand: Command = {
  usage: 'patterns [--all] | patterns dismiss ID',
  summary: 'What stands out in your work, with what it rests on; or stop hearing of one',
  options: { all: { type: 'boolean' } },
  starts: true,
  async run(args, output, api) {
    const [verb, id] = args.words;
    if (verb !== undefined) {
      if (verb !== 'dismiss' || !id)
        throw new UsageError(
          `patterns: expected nothing, or dismiss and the id of a pattern; received "${args.words.join(' ')}"`,
        );
      const dismissed = await api.patterns.dismiss({ id });
      output.result(dismissed, () => `Dismissed for as long as it lasts: ${dismissed.text}`);
      return;
    }
    const found = await api.patterns.list({ all: args.values.all === true });
    output.result(found, () => patternsText(found, Date.now()));
  },
};

function patternsText(found: readonly Pattern[], now: number): string {
  if (found.length === 0) return 'Nothing stands out in your work at the moment.';
  return found
    .map(({ id, kind, text, status, foundAt, workspace, confidence }) => {
      const facts = [
        workspace,
        `found ${ago(foundAt, now)}`,
        `${Math.round(confidence * 100)} % sure`,
        ...(status === 'active' ? [] : [status]),
        id,
      ];
      return `${cut(`${NAMES[kind].padEnd(10)}  ${text}`)}\n${paint('dim', `            ${facts.join(' · ')}`)}`;
    })
    .join('\n');
}
