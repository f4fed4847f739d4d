import { startCompanion } from '../../companion/companion.ts';
import { silentLogger } from '../../companion/kernel/index.ts';
import { hangs, isSynthesis, ScriptedLanguage } from './scripted-language.ts';

/** A companion in a process of its own whose model begins a sentence and never ends it: to be killed on the way. */
await startCompanion({
  dataDirectory: process.env.PROGENY_DATA_DIR as string,
  logger: silentLogger,
  writer: new ScriptedLanguage((generation) =>
    isSynthesis(generation) ? hangs(process.env.SAYS ?? '') : ['{}'],
  ),
});
// Its timers do not keep it alive.
setInterval(() => {}, 1000);
