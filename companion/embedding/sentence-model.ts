import { Tokenizer } from '@huggingface/tokenizers';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';

/** Bytes of a model folder, and of the runtime that reads it. */
export interface ModelBytes {
  readonly model: Uint8Array;
  /** The `tokenizer.json` beside the model. */
  readonly tokenizer: string;
  /** ONNX Runtime as WebAssembly. */
  readonly runtime: Uint8Array;
}

/** A text, and what was said right before it: read along, so that "it" means something, and then left out. */
export interface Reading {
  readonly text: string;
  readonly before?: readonly string[];
}

/** What the model makes of a text. */
export interface Encoded {
  /** Its pieces of words as the tokenizer cuts them; those that continue a word begin with "##". */
  readonly pieces: readonly string[];
  /** One row of `dimensions` numbers for each piece. */
  readonly states: Float32Array;
}

/** Pieces that the model reads at once, its two marks included: what sentence models of this family were trained on. */
const WINDOW = 256;
/** Of these, so many at most for what was said before; more bring nothing (docs/adr/0004) and cost as much time. */
const AHEAD = 64;

/**
 * A transformer encoder as ONNX with `input_ids`, `attention_mask`, `token_type_ids` and `last_hidden_state`, as
 * sentence-transformers exports them. Runs on the thread that opens it, one reading at a time.
 */
export class SentenceModel {
  readonly dimensions: number;
  /** Every piece that the tokenizer knows, in its order. */
  readonly vocabulary: readonly string[];
  readonly #session: InferenceSession;
  readonly #tokenizer: Tokenizer;
  readonly #marks: { readonly begin: number; readonly end: number };

  private constructor(session: InferenceSession, description: string, dimensions: number) {
    const parsed = JSON.parse(description) as { model: { vocab: Record<string, number> } };
    const tokenizer = new Tokenizer(parsed, {});
    this.vocabulary = Object.keys(parsed.model.vocab);
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.dimensions = dimensions;
    const [begin, end] = tokenizer.encode('').ids;
    this.#marks = { begin: begin!, end: end! };
  }

  /** Throws what the runtime says of a file that is no such model. */
  static async open({ model, tokenizer, runtime }: ModelBytes): Promise<SentenceModel> {
    env.wasm.wasmBinary = runtime;
    env.wasm.numThreads = 1;
    const session = await InferenceSession.create(model, { enableCpuMemArena: false });
    const probe = await run(session, [0]);
    return new SentenceModel(session, tokenizer, probe.dims[2]!);
  }

  /** What the model makes of the text, of at most so many of its pieces as it reads at once. */
  async encode({ text, before = [] }: Reading): Promise<Encoded> {
    const own = this.#pieces(text, WINDOW - 2);
    const ahead = this.#ahead(before, Math.min(AHEAD, WINDOW - 2 - own.ids.length));
    const output = await run(this.#session, [this.#marks.begin, ...ahead, ...own.ids, this.#marks.end]);
    const states = output.data as Float32Array;
    const from = (1 + ahead.length) * this.dimensions;
    return { pieces: own.pieces, states: states.slice(from, from + own.ids.length * this.dimensions) };
  }

  /** The last `most` pieces of what was said before. */
  #ahead(before: readonly string[], most: number): number[] {
    const ids: number[] = [];
    for (const text of [...before].reverse()) {
      if (ids.length >= most) break;
      ids.unshift(...this.#pieces(text, WINDOW).ids);
    }
    return most > 0 ? ids.slice(-most) : [];
  }

  #pieces(text: string, most: number): { ids: number[]; pieces: string[] } {
    // Longer than any reading, whatever the script; keeps the tokenizer from a whole book.
    const { ids, tokens } = this.#tokenizer.encode(text.slice(0, most * 20));
    return { ids: ids.slice(1, -1).slice(0, most), pieces: tokens.slice(1, -1).slice(0, most) };
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

async function run(session: InferenceSession, ids: readonly number[]): Promise<Tensor> {
  const of = (values: BigInt64Array) => new Tensor('int64', values, [1, ids.length]);
  const output = await session.run({
    input_ids: of(BigInt64Array.from(ids, BigInt)),
    attention_mask: of(new BigInt64Array(ids.length).fill(1n)),
    token_type_ids: of(new BigInt64Array(ids.length)),
  });
  return output.last_hidden_state as Tensor;
}
