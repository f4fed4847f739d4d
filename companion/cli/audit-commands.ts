import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Api } from '../client/index.ts';
import { count } from '../kernel/index.ts';
import type { AuditRow } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { UsageError } from './options.ts';
import type { Output } from './output.ts';

const PAGE = 1000;

export const auditCommand: Command = {
  usage: 'audit verify | audit export [FILE]',
  summary: 'Whether the log of delegated work is as it was written; or all its rows, a JSON line each',
  starts: true,
  async run({ words: [verb, file, ...more] }, output, api) {
    if (more.length > 0 || (verb === 'verify' && file !== undefined))
      throw new UsageError(`audit ${verb}: received a word too many: "${more.at(-1) ?? file}"`);
    if (verb === 'verify') return verify(output, api);
    if (verb === 'export') return exportRows(file, output, api);
    throw new UsageError(
      `audit: expected verify or export; received ${verb === undefined ? 'nothing' : `"${verb}"`}`,
    );
  },
};

async function verify(output: Output, api: Api): Promise<void> {
  output.progress('Reading the audit log …');
  const verdict = await api.audit.verify({});
  output.progress('');
  const { whole, rows, head, findings } = verdict;
  if (!whole) process.exitCode = 1;
  output.result(verdict, () =>
    [
      ...findings.map(({ what }) => what),
      whole
        ? `The audit log is whole: ${count(rows, 'row')}, the last with the hash ${head}.`
        : `The audit log is NOT whole: ${count(rows, 'row')}, the last with the hash ${head}.`,
    ].join('\n'),
  );
}

/** Writes to stdout without a file. A file that is there is left alone. */
async function exportRows(file: string | undefined, output: Output, api: Api): Promise<void> {
  if (file === undefined) {
    for await (const row of everyRow(api)) process.stdout.write(`${JSON.stringify(row)}\n`);
    return;
  }
  const place = path.resolve(file);
  const handle = await open(place, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'EEXIST'
        ? `audit export: "${place}" exists already; name another file`
        : `audit export: "${place}" cannot be written (${error.code})`,
    );
  });
  let rows = 0;
  try {
    for await (const row of everyRow(api)) {
      await handle.write(`${JSON.stringify(row)}\n`);
      rows++;
    }
  } finally {
    await handle.close();
  }
  output.result({ file: place, rows }, () => `${count(rows, 'row')} in ${place}.`);
}

async function* everyRow(api: Api): AsyncGenerator<AuditRow, void> {
  for (let after = 0; ; ) {
    const rows = await api.audit.list({ after, limit: PAGE });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.seq;
  }
}
