// Runs a program with daemons until somebody kills it: root, word, owner, whether it is contained.
import { BARE, never, programs } from './programs.ts';

const [root, word, owner, contained] = process.argv.slice(2) as [string, string, string, string];
const runner = await programs({ owner, ...(contained === 'false' && { look: BARE }) });
const loop = 'while :; do sleep 0.05; done';
const script = `setsid sh -c '${loop}' ${word} & env -i setsid sh -c '${loop}' ${word} >/dev/null 2>&1 </dev/null & ${loop}`;
setInterval(() => {}, 1000);
await runner.run({ argv: ['sh', '-c', script, word], folder: '' }, { root, network: false, signal: never() });
