import assert from 'node:assert/strict';
import { auxiliaryOf, measuresOfText } from '../../../companion/council/comment-measures.ts';

describe('council/comment measures', () => {
  it('reads what a comment says about itself', () => {
    assert.deepEqual(measuresOfText('TODO(anna): add support for #12 once v3.1 is out'), {
      ...{ broken: 0, words: 10, links: 1, owned: 1, waits: 1, asks: 0, concrete: 1 },
    });
    assert.deepEqual(measuresOfText('FIXME is this right?'), {
      ...{ broken: 1, words: 3, links: 0, owned: 0, waits: 0, asks: 1, concrete: 0 },
    });
    assert.equal(measuresOfText('TODO').words, 0);
  });

  it('tells a person from a release and an issue from a heading', () => {
    assert.equal(measuresOfText('TODO(Babel 8): drop this').owned, 0);
    assert.equal(measuresOfText('TODO(v2): drop this').owned, 0);
    assert.equal(measuresOfText('TODO(#77): drop this').owned, 0);
    assert.equal(measuresOfText('TODO @anna drop this').owned, 1);
    assert.equal(measuresOfText('TODO: see https://example.org/a#3').links, 1);
    assert.equal(measuresOfText('TODO: item 3 of the list').links, 0);
  });

  it('tells tests, documents and examples from what ships', () => {
    for (const path of [
      'test/a.js',
      'src/a.test.ts',
      'pkg/a_test.go',
      'docs/x.py',
      'README.md',
      'tests/test_a.py',
    ]) {
      assert.equal(auxiliaryOf(path), 1, path);
    }
    for (const path of ['src/a.ts', 'lib/latest.js', 'contest/a.c', 'src/attest.rs']) {
      assert.equal(auxiliaryOf(path), 0, path);
    }
  });
});
