import { findCompanion } from '../client/node.ts';
import { AlreadyRunningError, type Companion } from '../companion.ts';
import { dataDirectory } from '../kernel/node.ts';
import { serve, untilStopped } from '../serve.ts';
import { briefText } from './brief-text.ts';
import { type Arguments, text } from './options.ts';
import type { Output } from './output.ts';
import { connect, openAndRead, workspaceFolder } from './session.ts';

/**
 * `progeny start`: the companion in this terminal, on a folder, until Ctrl-C. Where one runs already (VS Code
 * has started it), that one is used and left running. With `--once` it prints the brief and ends.
 */
export async function start(args: Arguments, output: Output): Promise<void> {
  const folder = workspaceFolder(text(args, 'workspace'));
  output.progress('Starting');
  const own = await startOwn();
  const session = await connect({ start: true });
  if (!session) throw new Error('The companion did not answer.');
  try {
    const { path } = await openAndRead(session.api, folder, output.progress);
    const brief = await session.api.brief.get({ workspace: path });
    output.result(brief, () => briefText(brief));
    if (args.values.once) return;
    const { url } = await session.api.auth.code({});
    output.note(`\nWeb UI (this address works once): ${url}&workspace=${encodeURIComponent(path)}`);
    if (!own) return output.note('The companion was running already and goes on. `progeny stop` ends it.');
    output.note('Ctrl-C stops the companion.');
    await untilStopped(own);
    output.note('Stopping.');
  } finally {
    session.close();
    await own?.dispose();
  }
}

async function startOwn(): Promise<Companion | null> {
  const data = dataDirectory();
  if (await findCompanion(data)) return null;
  try {
    return await serve({ dataDirectory: data });
  } catch (error) {
    if (error instanceof AlreadyRunningError) return null;
    throw error;
  }
}
