import { TestApp } from './app.ts';

let app: Promise<TestApp> | null = null;

/** The build, server and browser of all files of this tier; the first to ask makes them, the end of the run ends them. */
export async function freshApp(): Promise<TestApp> {
  app ??= TestApp.start();
  const started = await app;
  started.server.reset();
  return started;
}

after(async () => {
  await (await app)?.[Symbol.asyncDispose]();
});
