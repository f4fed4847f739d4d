// Mocha's spec reporter that also leaves the counts, and what failed, in $PROGENY_TALLY, for scripts/test.ts.
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const Mocha = require('mocha');

module.exports = class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    const failures = [];
    runner.on('fail', (test, error) => {
      const file = path.relative(process.cwd(), test.file ?? '').replaceAll(path.sep, '/');
      failures.push({ file, title: test.fullTitle(), message: `${error?.message ?? error}`.slice(0, 1500) });
    });
    runner.once('end', () => {
      if (!process.env.PROGENY_TALLY) return;
      const { passes: passed, failures: failed } = this.stats;
      writeFileSync(process.env.PROGENY_TALLY, JSON.stringify({ passed, failed, skipped, failures }));
    });
  }
};
