import { NotConnectedError } from '../client/index.ts';
import { dataDirectory } from '../kernel/node.ts';
import { ProgenyError } from '../protocol/index.ts';
import { serve, untilStopped } from '../serve.ts';
import { VERSION } from '../version.ts';
import { type Command, commands } from './commands.ts';
import { serveAgent } from './mcp-commands.ts';
import { type Arguments, readArguments, refuseStrayWords, UsageError, wholeNumber } from './options.ts';
import { type Output, terminalOutput } from './output.ts';
import { replayCommand } from './replay-command.ts';
import { connect } from './session.ts';
import { start } from './start.ts';
import { startDemo } from './start-demo.ts';
import { uninstall } from './uninstall.ts';

const LOCAL: Readonly<Record<string, Pick<Command, 'usage' | 'summary' | 'options'>>> = {
  start: {
    usage: 'start [--workspace DIR] [--once] [--demo [--fresh]]',
    summary:
      'Run the companion here, print where you are, until Ctrl-C; with --demo on invented projects, beside your data',
    options: { once: { type: 'boolean' }, demo: { type: 'boolean' }, fresh: { type: 'boolean' } },
  },
  serve: {
    usage: 'serve [--port N] [--idle-exit SECONDS]',
    summary: 'Run the companion without a word',
    options: { port: { type: 'string' }, 'idle-exit': { type: 'string' } },
  },
  replay: {
    usage: 'replay FILE [--speed N|max]',
    summary:
      'Run a stream of work (JSON Lines) through the rules of taps and patterns, by a clock of its own',
    options: { speed: { type: 'string' } },
  },
  uninstall: {
    usage: 'uninstall [--yes]',
    summary: 'List, and with --yes remove, everything that Progeny wrote',
    options: { yes: { type: 'boolean' } },
  },
};

/**
 * Exit codes: 0 done, 1 it failed, 2 what was typed cannot be understood, 3 no companion runs, 4 it needs answers; of
 * `wheel do` also 5 it was not done, 6 it was done and rolled back.
 */
async function main(argv: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = argv;
  if (name === '--version' || name === 'version') return void process.stdout.write(`${VERSION}\n`);
  if (name === 'help' || name === '--help' || name === '-h') return void process.stdout.write(help());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const known = command ?? (Object.hasOwn(LOCAL, name) ? LOCAL[name] : undefined);
  if (!known) throw new UsageError(`There is no command "${name}". \`progeny help\` lists them.`);
  const args = readArguments(rest, known.options ?? {});
  const output = terminalOutput(args.values.json === true);
  if (args.values.help) return output.result({}, () => `progeny ${known.usage}\n${known.summary}`);
  refuseStrayWords(known.usage, args);
  if (args.values.fresh && !args.values.demo)
    throw new UsageError('--fresh: makes the demo anew, so it is expected after --demo');
  if (name === 'start') return args.values.demo ? startDemo(args, output) : start(args, output);
  if (name === 'serve') return run(args);
  if (name === 'uninstall') return uninstall(args, output);
  if (name === 'replay') return replayCommand(args, output);
  if (name === 'mcp' && args.words.length === 0) return serveAgent(args);
  await speak(command as Command, args, output);
}

async function speak(command: Command, args: Arguments, output: Output): Promise<void> {
  const session = await connect({ start: command.starts });
  if (!session) {
    output.result({ running: false }, () => 'No companion is running.');
    process.exitCode = 3;
    return;
  }
  try {
    await command.run(args, output, session.api);
  } finally {
    session.close();
  }
}

async function run(args: Arguments): Promise<void> {
  const companion = await serve({
    dataDirectory: dataDirectory(),
    port: wholeNumber(args, 'port', { from: 0, to: 65_535, otherwise: 0 }),
    idleExitMs: 1000 * wholeNumber(args, 'idle-exit', { from: 0, to: 86_400, otherwise: 0 }),
  });
  await untilStopped(companion);
  await companion.dispose();
}

function help(): string {
  const rows = Object.values({ ...LOCAL, ...commands }).map(
    ({ usage, summary }) => `  ${usage}\n      ${summary}`,
  );
  return `progeny: your threads of work, from the terminal\n\n${rows.join('\n')}\n\nEvery command understands --json. PROGENY_DATA_DIR says where the data is (now ${dataDirectory()}).\n`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError;
  const known = usage || error instanceof ProgenyError || error instanceof NotConnectedError;
  if (process.argv.includes('--json')) {
    const code = error instanceof ProgenyError ? error.code : usage ? 'usage' : 'failed';
    process.stdout.write(`${JSON.stringify({ error: { code, message: (error as Error).message } })}\n`);
  } else
    process.stderr.write(
      `progeny: ${known || process.env.PROGENY_DEBUG === undefined ? (error as Error).message : (error as Error).stack}\n`,
    );
  process.exitCode = usage ? 2 : 1;
}
