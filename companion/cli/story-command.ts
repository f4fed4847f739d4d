import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { StoryDay } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { text, UsageError } from './options.ts';
import { cut, paint } from './output.ts';
import { workspaceFolder } from './session.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export const storyCommand: Command = {
  usage: 'story [DAY] [--workspace DIR] [--plain] [--export FILE]',
  summary: 'What happened on a day, line by line; or as Markdown in a file that does not exist yet',
  options: { plain: { type: 'boolean' }, export: { type: 'string' } },
  starts: true,
  async run(args, output, api) {
    const [day, ...others] = args.words;
    if (others.length > 0 || (day !== undefined && !DATE.test(day) && day !== 'yesterday'))
      throw new UsageError(
        `story: expected nothing, "yesterday" or a day such as 2026-03-02; received "${args.words.join(' ')}"`,
      );
    const folder = text(args, 'workspace');
    const where =
      folder === undefined
        ? {}
        : { workspace: (await api.workspaces.open({ path: workspaceFolder(folder) })).path };
    const wanted = day === 'yesterday' ? dayBefore((await api.story.day(where)).day) : day;
    const plain = args.values.plain === true;
    const story = await api.story.day({
      ...where,
      ...(wanted !== undefined && { day: wanted }),
      ...(plain && { plain }),
    });
    const file = text(args, 'export');
    if (file !== undefined) {
      const target = path.resolve(file);
      await writeNew(target, story.markdown);
      return output.result(
        { day: story.day, file: target, lines: story.lines.length },
        () => `Written: ${target}`,
      );
    }
    output.result(story, () => storyText(story, plain));
  },
};

/** Nothing that exists is overwritten. */
async function writeNew(file: string, markdown: string): Promise<void> {
  try {
    await writeFile(file, markdown, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(`--export: ${file} exists already. Name a file that does not.`);
    throw error;
  }
}

function storyText({ day, lines }: StoryDay, plain: boolean): string {
  if (lines.length === 0) return `Nothing was told on ${day}.`;
  return lines
    .map(({ at, speaker, text: said, plain: words }) => {
      const time = new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
      return plain
        ? `${paint('dim', time)}  ${cut(words, 93)}`
        : `${paint('dim', time)}  ${speaker.padEnd(4)}  ${cut(said, 87)}`;
    })
    .join('\n');
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
