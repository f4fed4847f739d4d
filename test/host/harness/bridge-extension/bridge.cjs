// Test only. Listens on a socket in the folder $PROGENY_BRIDGES, named for its process; each line is {id, source, args}, where source is the text of a
// function (vscode, ...args); the answer is {id, value} or {id, error}.
const net = require('node:net');
const path = require('node:path');
const readline = require('node:readline');
const v8 = require('node:v8');
const vm = require('node:vm');
const vscode = require('vscode');

/** Coverage is otherwise written only by a clean exit, which an extension host seldom has. */
function takeCoverage() {
  if (process.env.NODE_V8_COVERAGE) v8.takeCoverage();
}

/** VS Code forbids `process.exit` in the extension host. */
function endWithCoverage() {
  takeCoverage();
  process.kill(process.pid, 'SIGKILL');
}

function serve(socket) {
  const reply = (answer) => socket.writable && socket.write(`${JSON.stringify(answer)}\n`);
  socket.on('error', () => {});
  readline.createInterface({ input: socket }).on('line', async (line) => {
    const { id, source, args } = JSON.parse(line);
    try {
      const call = vm.runInThisContext(`(${source})`);
      reply({ id, value: await call(vscode, ...args) });
    } catch (error) {
      reply({ id, error: error instanceof Error ? error.stack : String(error) });
    }
  });
}

exports.activate = (context) => {
  const folder = process.env.PROGENY_BRIDGES;
  if (!folder) return;
  if (process.env.NODE_V8_COVERAGE) process.once('SIGTERM', endWithCoverage);
  const server = net.createServer(serve).listen(path.join(folder, `${process.pid}.sock`));
  context.subscriptions.push({ dispose: () => server.close() });
};

exports.deactivate = takeCoverage;
