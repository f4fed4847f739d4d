import assert from 'node:assert/strict';
import { contentPolicy, type PageOptions, page } from '../../../webviews/page.ts';

const options: PageOptions = {
  nonce: 'abc',
  cspSource: "'self'",
  scriptUri: 'ui/main.js',
  styleUris: ['ui/main.css'],
  host: 'browser',
  title: 'Progeny',
};

describe('the page', () => {
  it('holds nothing inline and nothing remote', () => {
    const html = page(options);
    assert.doesNotMatch(html, /unsafe|<style|style="|\son\w+=|https?:/);
    assert.match(html, /<script type="module" nonce="abc" src="ui\/main.js"><\/script>/);
    assert.match(
      contentPolicy(options),
      /^default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; style-src 'self';/,
    );
  });

  it('lets a webview talk to its extension only', () => {
    const policy = contentPolicy({ ...options, host: 'vscode', cspSource: 'https://*.example' });
    assert.doesNotMatch(policy, /connect-src/);
    assert.match(policy, /style-src https:\/\/\*\.example/);
  });

  it('escapes what it is given', () => {
    const html = page({ ...options, title: '</title><script>', scriptUri: '"><script>' });
    assert.equal(html.match(/<script/g)?.length, 1);
  });

  it('does not say what only a header may', () => {
    assert.doesNotMatch(contentPolicy(options), /frame-ancestors/);
  });
});
