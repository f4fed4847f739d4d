// The sensors alone, with a sink that counts: `sensing-child.ts WORKSPACE`. See `subject.ts` for what it answers.
import os from 'node:os';
import { createInterface } from 'node:readline';
import { silentLogger, systemClock } from '../../../companion/kernel/index.ts';
import { defaultSettings } from '../../../companion/protocol/index.ts';
import { startSensing } from '../../../companion/sensors/index.ts';

const [, , workspace = '.'] = process.argv;
const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

let rows = 0;
const spans = new Set<string>();
/** Files of spans, but only the probes, so that the count does not weigh on what is measured. */
const probes = new Set<string>();

const sensing = startSensing({
  workspace,
  settings: defaultSettings.sensors,
  clock: systemClock,
  logger: silentLogger,
  dataDirectory: os.tmpdir(),
  sink: {
    appendRows(batch) {
      rows += batch.length;
    },
    upsertSpans(batch) {
      for (const { id, file } of batch) {
        spans.add(id);
        if (file?.startsWith('probe-')) probes.add(file);
      }
    },
  },
  onChange() {},
  onHealth(health) {
    if (health.state !== 'ok') console.error(health.message);
  },
});
await sensing.ready;
say({ ready: true });

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  if (question.ask === 'counts') say({ rows, spans: spans.size });
  if (question.ask === 'seen') {
    await sensing.flush();
    say({ seen: probes.has(question.file) });
  }
  if (question.ask === 'report') say({ accepted: sensing.report(question.signals) });
  if (question.ask === 'end') {
    await sensing.dispose();
    say({ ended: true });
    break;
  }
}
process.stdin.destroy();
