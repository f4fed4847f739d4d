import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Dialect, FakeModelServer } from './fake-model-server.ts';

const at = '2026-05-03T09:12:00.000000Z';

/** As Ollama speaks: NDJSON, names with a tag, errors as `{error}`. */
export class FakeOllama extends FakeModelServer {
  protected handle(
    path: string,
    body: Record<string, unknown>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> | void {
    if (path === '/api/tags') {
      this.looks++;
      return this.json(response, { models: this.models.map((model) => entryOf(model)) });
    }
    if (path === '/api/version') return this.json(response, { version: '0.12.6' });
    const model = this.models.find(({ name }) => name === body.model || name === `${body.model}:latest`);
    if (!model) return this.json(response, { error: `model '${body.model}' not found` }, 404);
    if (path === '/api/show')
      return this.json(response, { capabilities: model.capabilities ?? ['completion'], details: {} });
    if (path !== '/api/chat') return this.json(response, { error: 'not found' }, 404);
    if (body.think === true && !model.capabilities?.includes('thinking'))
      return this.json(response, { error: `"${model.name}" does not support thinking` }, 400);
    return this.write(body, request, response, dialectOf(model.name));
  }
}

function entryOf({ name, bytes = 1e9, remoteHost, capabilities }: FakeOllama['models'][number]) {
  return {
    name,
    model: name,
    modified_at: at,
    size: remoteHost ? 384 : bytes,
    digest: `digest-of-${name}`,
    details: { format: 'gguf', family: /embed|minilm/.test(name) ? 'bert' : 'llama', parameter_size: '1B' },
    ...(remoteHost && { remote_host: remoteHost, remote_model: name }),
    ...(capabilities && { capabilities }),
  };
}

function dialectOf(model: string): Dialect {
  const line = (part: object) => `${JSON.stringify({ model, created_at: at, ...part })}\n`;
  return {
    type: 'application/x-ndjson',
    piece: (content) => line({ message: { role: 'assistant', content }, done: false }),
    end: (done_reason, eval_count) =>
      line({
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason,
        eval_count,
        prompt_eval_count: 9,
      }),
    broken: (text) => `${text}\n`,
    error: (message) => ({ error: message }),
    schema: ({ format }) => format,
    budget: ({ options }) =>
      (options as { num_predict?: number } | undefined)?.num_predict ?? Number.MAX_SAFE_INTEGER,
  };
}
