import type { DoorName, Doors, LanguageState } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { followJob } from './follow-job.ts';
import { text, UsageError } from './options.ts';
import { workspaceFolder } from './session.ts';

const DOORS = { chat: 'chat', editorModel: 'editorModel', remote: 'remote' } as const satisfies Partial<
  Record<DoorName, DoorName>
>;
const MEANINGS: Readonly<Record<keyof typeof DOORS, string>> = {
  chat: "the editor's own chat (@progeny, tools for its models)",
  editorModel: "the editor's models may write answers",
  remote: 'a model on another machine may write answers',
};

export const languageCommands: Readonly<Record<string, Command>> = {
  language: {
    usage: 'language [status | probe | fetch URL SHA256]',
    summary: 'What writes answers: Ollama, a local server, a GGUF file, or rules alone',
    starts: true,
    async run(args, output, api) {
      const [verb = 'status', url, sha256, ...more] = args.words;
      if (verb === 'fetch') {
        if (!url || !sha256 || more.length > 0)
          throw new UsageError(
            `language fetch: expected the address of a GGUF file and its sha256; received ${args.words.length - 1} words`,
          );
        const { id } = await api.language.fetch({ url, sha256 });
        await followJob(id, output, api);
      } else if (verb !== 'status' && verb !== 'probe')
        throw new UsageError(`language: expected status, probe or fetch; received "${verb}"`);
      else if (url !== undefined) throw new UsageError(`language ${verb}: received "${url}" beside it`);
      // The command may have started the companion a moment ago: it looks before it speaks.
      const state = await api.language.probe({});
      output.result(state, () => stateText(state));
    },
  },
  doors: {
    usage: `doors [DIR] | doors open|close ${Object.keys(DOORS).join('|')} [DIR] [--workspace DIR]`,
    summary: 'What may leave a folder towards other models; all doors are closed until you open them',
    starts: true,
    async run(args, output, api) {
      const [verb] = args.words;
      const changes = verb === 'open' || verb === 'close';
      const name = changes ? doorNamed(verb, args.words[1]) : null;
      const [given, ...more] = args.words.slice(changes ? 2 : 0);
      if (more.length > 0) throw new UsageError(`doors: received "${more.join(' ')}" beside the folder`);
      const folder = workspaceFolder(given ?? text(args, 'workspace'));
      const { path: place } = await api.workspaces.open({ path: folder });
      const change = name ? { [name]: verb === 'open' } : {};
      const doors = await api.workspaces.doors({ path: place, ...change });
      output.result({ path: place, ...doors }, () => doorsText(place, doors));
    },
  },
};

function doorNamed(verb: string, given: string | undefined): keyof typeof DOORS {
  const found = Object.values(DOORS).find((door) => door === given);
  if (found) return found;
  const hint = given === 'mcp' ? ' `progeny mcp open` opens that one.' : '';
  throw new UsageError(
    `doors ${verb}: expected ${Object.keys(DOORS).join(', ')}; received ${given ? `"${given}"` : 'nothing'}.${hint}`,
  );
}

function doorsText(place: string, doors: Doors): string {
  if (doors.confidential) return `${place} is confidential: nothing leaves it, through no door.`;
  const names = Object.values(DOORS);
  const width = Math.max(...names.map((name) => name.length));
  const line = (name: keyof typeof DOORS) =>
    `  ${doors[name] ? 'open  ' : 'closed'}  ${name.padEnd(width)}  ${MEANINGS[name]}`;
  return [place, ...names.map(line)].join('\n');
}

function stateText({ providers, current }: LanguageState): string {
  const first = current
    ? `${current.model} (${current.provider}) writes answers.`
    : 'No language model: answers come from memory and rules alone.';
  const width = Math.max(...providers.map(({ provider }) => provider.length));
  const stateWidth = 'unreachable'.length;
  return [
    first,
    ...providers.map(
      ({ provider, state, words }) =>
        `  ${provider.padEnd(width)}  ${state.replace('_', ' ').padEnd(stateWidth)}  ${words}`,
    ),
  ].join('\n');
}
