import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findTodo } from '../../../companion/git/index.ts';

describe('git/todo-comment', () => {
  const found: [string, string, string][] = [
    ['a.ts', '// TODO: one', 'TODO: one'],
    ['a.ts', '  x(); // FIXME(bo) two', 'FIXME(bo) two'],
    ['a.ts', '/* HACK around the cache */ y();', 'HACK around the cache */ y();'],
    ['a.ts', '/** TODO three */', 'TODO three'],
    ['a.ts', ' * @TODO: four', '@TODO: four'],
    ['a.ts', ' * - [ ] TODO five', 'TODO five'],
    ['a.ts', 'let a = "x"; // later, XXX: six', 'XXX: six'],
    ['a.ts', "// don't forget TODO: seven", 'TODO: seven'],
    ['a.ts', '// TODO', 'TODO'],
    ['a.ts', '{/* TODO: in jsx */}', 'TODO: in jsx'],
    ['a.vue', '<!-- TODO: eight -->', 'TODO: eight'],
    ['README.md', '<!-- FIXME nine -->', 'FIXME nine'],
    ['a.py', 'x = 1  # TODO ten', 'TODO ten'],
    ['a.py', "s = 'it' # TODO eleven", 'TODO eleven'],
    ['a.sql', '-- TODO: twelve', 'TODO: twelve'],
    ['a.lua', 'x() -- TODO thirteen', 'TODO thirteen'],
    ['a.el', ';; TODO: fourteen', 'TODO: fourteen'],
    ['a.tex', '% TODO fifteen', 'TODO fifteen'],
    ['Makefile', '# TODO sixteen', 'TODO sixteen'],
    ['a.rs', "fn f<'a>(x: &'a str) {} // TODO: seventeen", 'TODO: seventeen'],
    ['a.c', '#define X 1 // XXX eighteen', 'XXX eighteen'],
    ['unknown', '# TODO nineteen', 'TODO nineteen'],
    ['a.go', '// TODO(#123): twenty\r', 'TODO(#123): twenty'],
  ];
  for (const [path, line, text] of found) {
    it(`finds ${JSON.stringify(line)} in ${path}`, () => assert.equal(findTodo(path, line)?.text, text));
  }

  const none: [string, string, string][] = [
    ['a.ts', 'const TODO = 1;', 'no comment'],
    ['a.ts', 'const s = "// TODO: x";', 'a string'],
    ['a.ts', 'x(`# a // TODO: x`)', 'a template'],
    ['a.ts', 'see("http://TODO: x")', 'an address'],
    ['a.ts', '// the list of TODO comments', 'talk about them'],
    ['a.ts', '// "TODO" is a marker', 'a quoted word'],
    ['a.ts', '// XXX-Large', 'a part of a word'],
    ['a.ts', '// TODOS and TODO_LIST', 'other words'],
    ['a.ts', '// todo: lower case', 'lower case'],
    ['a.ts', 'a * TODO(b)', 'a product'],
    ['a.ts', '/* done */ TODO(1)', 'after the comment'],
    ['a.c', 'i--; TODO(x)', 'a decrement'],
    ['a.c', '#error TODO: x', 'a directive'],
    ['a.html', '<a href="#TODO:">', 'a fragment'],
    ['README.md', '# TODO', 'a heading'],
    ['README.md', '- TODO: write', 'prose'],
    ['a.sh', `x=\${y#TODO:}`, 'an expansion'],
    ['a.ts', `// TODO ${'x'.repeat(600)}`, 'a line of a machine'],
  ];
  for (const [path, line, why] of none) {
    it(`does not find ${why} in ${path}`, () => assert.equal(findTodo(path, line), null));
  }

  it('gives at most 200 characters, without control characters', () => {
    const text = findTodo('a.ts', `// TODO: \u001b[31m${'x'.repeat(400)}`)?.text;
    assert.ok(text && text.length <= 200 && !text.includes('\u001b'));
  });

  it('survives any line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        (line, path) => void findTodo(path, `# TODO ${line}`),
      ),
    );
  });
});
