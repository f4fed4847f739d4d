// Mocha's spec reporter that also leaves the counts in $PROGENY_TALLY, for scripts/test.ts.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      if (!process.env.PROGENY_TALLY) return;
      const { passes: passed, failures: failed } = this.stats;
      writeFileSync(process.env.PROGENY_TALLY, JSON.stringify({ passed, failed, skipped }));
    });
  }
};
