import { demoDirectory } from '../demo-marker.ts';
import { ensureDemo } from '../demo-place.ts';
import { ago } from '../kernel/index.ts';
import { dataDirectory } from '../kernel/node.ts';
import { serve, untilStopped } from '../serve.ts';
import { openInBrowser } from './open-browser.ts';
import { type Arguments, text, UsageError } from './options.ts';
import type { Output } from './output.ts';
import { connect } from './session.ts';
import { stopCompanion } from './uninstall.ts';

const DAY = 24 * 60 * 60_000;
/** What the first look falls on. */
const FIRST = 'harbor';

/**
 * `progeny start --demo`: an invented developer's half year, in a data directory beside the user's. Made where there is
 * none, then shown in the browser until Ctrl-C. `--fresh` makes it anew.
 */
export async function startDemo(args: Arguments, output: Output): Promise<void> {
  if (text(args, 'workspace') !== undefined)
    throw new UsageError('The demo has projects of its own. Leave out --workspace, or leave out --demo.');
  const began = performance.now();
  const directory = demoDirectory(dataDirectory());
  // Another one would hold the files that are made anew.
  await stopCompanion(directory);
  const demo = await make(directory, args.values.fresh === true, output);
  const companion = await serve({ dataDirectory: directory });
  const session = await connect({ start: false, data: directory });
  try {
    if (!session) throw new Error('The companion of the demo did not answer.');
    for (const folder of demo.folders) await session.api.workspaces.open({ path: folder });
    const { url } = await session.api.auth.code({});
    const first = demo.folders.find((folder) => folder.endsWith(FIRST)) ?? demo.folders[0] ?? '';
    const address = `${url}&workspace=${encodeURIComponent(first)}&view=globe`;
    const seconds = Math.round(performance.now() - began) / 1000;
    output.result({ demo: true, directory, made: demo.made, at: demo.at, seconds, address }, () =>
      [
        `Demo: half a year of an invented developer. ${demo.made ? 'Made' : 'Opened'} in ${seconds.toFixed(1)} s, in ${directory}`,
        'Nothing in it is yours, and it sees none of your folders.',
        `Globe (this address works once): ${address}`,
      ].join('\n'),
    );
    if (Date.now() - demo.at > DAY)
      output.note(`It was made ${ago(demo.at, Date.now())}. \`--demo --fresh\` makes it up to today.`);
    if (args.values.once) return;
    if (process.stdout.isTTY && !output.json) openInBrowser(address);
    output.note('Ctrl-C stops it. `progeny uninstall` removes it too.');
    await untilStopped(companion);
    output.note('Stopping.');
  } finally {
    session?.close();
    await companion.dispose();
  }
}

/** Ctrl-C stops it on the way; what was half made is made anew the next time. */
async function make(directory: string, fresh: boolean, { progress }: Output) {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error('Stopped. The next start makes the demo anew.'));
  process.once('SIGINT', stop);
  try {
    return await ensureDemo({ directory, now: Date.now(), fresh, signal: stopping.signal, progress });
  } finally {
    process.removeListener('SIGINT', stop);
    progress('');
  }
}
