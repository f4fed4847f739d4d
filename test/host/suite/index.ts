import { runSuite } from '../harness/inside.ts';

/** Called by VS Code inside the extension host, in code-server as in the desktop build. */
export const run = () => runSuite([() => import('./extension.test.ts')]);
