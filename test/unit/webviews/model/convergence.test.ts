import assert from 'node:assert/strict';
import { answered, NEW, skippedAll } from '../../../../companion/convergence/conversation.ts';
import { pictureOf } from '../../../../companion/convergence/picture.ts';
import { besides, convergenceAt, formOf, placeOf } from '../../../../webviews/model/convergence.ts';
import { to } from '../../../../webviews/model/location.ts';

const begun = answered(NEW, 'flow', { flow: 'silence' });
const pageOf = (conversation: typeof NEW, query: Record<string, string> = {}) => {
  const place = placeOf(to('convergence', null, query), pictureOf(conversation));
  return place.page === 'question' ? place.question.id : place.page;
};

describe('the pages of onboarding', () => {
  it('[S8] without a page in the address, it goes on where it was left', () => {
    assert.equal(pageOf(NEW), 'start');
    assert.equal(pageOf(begun), 'hardLines');
    assert.equal(pageOf(skippedAll(begun)), 'mirror');
  });

  it('[S8] an address names its page; one that names none that exists is as without', () => {
    assert.equal(pageOf(begun, { at: 'machine' }), 'machine');
    assert.equal(pageOf(begun, { at: 'flow' }), 'flow');
    assert.equal(pageOf(NEW, { at: 'shoes' }), 'start');
    assert.equal(formOf(convergenceAt('flow', 'long')), 'long');
    assert.equal(formOf(to('convergence', null, { form: 'endless' })), undefined);
  });

  it('[S8] from the first question back to the start, from the last on to the mirror', () => {
    const picture = pictureOf(NEW);
    assert.deepEqual(besides(picture, 'flow'), { before: 'start', after: 'hardLines', number: 1 });
    assert.deepEqual(besides(picture, 'rememberedBy'), { before: 'neverTouch', after: 'mirror', number: 8 });
  });
});
