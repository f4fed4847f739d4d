import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Dialect, FakeModelServer } from './fake-model-server.ts';

/** As LM Studio, llama.cpp's server and vLLM speak: server-sent events, errors as `{error: {message}}`. */
export class FakeOpenAi extends FakeModelServer {
  /** It knows nothing of schemas and says so, as older servers do. */
  loose = false;
  /** The key that it asks for. */
  key: string | null = null;

  get url(): string {
    return `${this.address}/v1`;
  }

  protected handle(
    path: string,
    body: Record<string, unknown>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> | void {
    if (this.key !== null && request.headers.authorization !== `Bearer ${this.key}`)
      return this.json(response, dialect.error('Incorrect API key provided'), 401);
    if (path === '/v1/models') {
      this.looks++;
      return this.json(response, {
        object: 'list',
        data: this.models.map(({ name }) => ({ id: name, object: 'model' })),
      });
    }
    if (path !== '/v1/chat/completions') return this.json(response, dialect.error('Not Found'), 404);
    if (!this.models.some(({ name }) => name === body.model))
      return this.json(response, dialect.error(`The model \`${body.model}\` does not exist.`), 404);
    if (this.loose && body.response_format)
      return this.json(response, dialect.error("'response_format' is not supported"), 400);
    return this.write(body, request, response, dialect);
  }
}

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (choice: object, more: object = {}) =>
  event({ id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }], ...more });

const dialect: Dialect = {
  type: 'text/event-stream',
  piece: (content) => `: keep-alive\n\n${chunk({ delta: { content }, finish_reason: null })}`,
  end: (finish_reason, completion_tokens) =>
    `${chunk({ delta: {}, finish_reason })}${event({ id: 'chatcmpl-1', choices: [], usage: { completion_tokens } })}data: [DONE]\n\n`,
  broken: (text) => `data: ${text}\n\n`,
  error: (message) => ({ error: { message, type: 'error' } }),
  schema: ({ response_format }) =>
    (response_format as { json_schema?: { schema?: unknown } } | undefined)?.json_schema?.schema,
  budget: ({ max_tokens }) => (max_tokens as number | undefined) ?? Number.MAX_SAFE_INTEGER,
};
