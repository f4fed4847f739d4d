import { z } from 'zod';
import { minutes } from './settings-units.ts';

/** Which language models there are, and how long they may take. */
export const languageSettings = z
  .strictObject({
    use: z
      .enum(['auto', 'ollama', 'openai', 'embedded', 'none'])
      .default('auto')
      .describe(
        'Which model on this machine writes answers: the first that is there of Ollama, a local server and a GGUF file (auto); one of them; or none at all, then answers come from memory and rules.',
      ),
    ollamaUrl: z
      .string()
      .max(500)
      .default('')
      .describe('Address of Ollama on this machine (empty: as OLLAMA_HOST says, else port 11434).'),
    ollamaModel: z
      .string()
      .max(200)
      .default('')
      .describe('Model of Ollama that answers (empty: a suitable one of those there).'),
    ollamaCloud: z
      .boolean()
      .default(false)
      .describe(
        'Allow one of Ollama’s cloud models where it is named above. What it is asked leaves this machine, so it is used only in folders whose door to models elsewhere is open.',
      ),
    openaiUrl: z
      .string()
      .max(500)
      .default('')
      .describe(
        'Address of a local server that speaks OpenAI’s interface (LM Studio, llama.cpp, vLLM), such as http://127.0.0.1:1234/v1. This machine only.',
      ),
    openaiModel: z
      .string()
      .max(200)
      .default('')
      .describe('Model of that server that answers (empty: a suitable one of those there).'),
    embeddedModel: z
      .string()
      .max(4096)
      .default('')
      .describe(
        'A GGUF file that is run without a server (empty: the one that was fetched, if there is one).',
      ),
    embeddedRuntime: z
      .string()
      .max(4096)
      .default('')
      .describe('Folder where node-llama-cpp is installed (empty: the one in the data directory).'),
    embeddedThreads: z
      .number()
      .int()
      .min(0)
      .max(256)
      .default(0)
      .describe('Threads that run the GGUF file (0: half of the processor cores).'),
    embeddedGpu: z.boolean().default(true).describe('Let the GGUF file run on the graphics card, if it can.'),
    embeddedIdleMinutes: minutes
      .default(5)
      .describe('The GGUF file leaves memory after so long without a question.'),
    remoteUrl: z
      .string()
      .max(500)
      .default('')
      .describe(
        'Address of a model on another machine that speaks OpenAI’s interface, such as https://models.example.org/v1. Used only in folders whose door to models elsewhere is open.',
      ),
    remoteModel: z.string().max(200).default('').describe('Model on that machine.'),
    remoteKeyFile: z
      .string()
      .max(4096)
      .default('')
      .describe('File that holds the key for it. The key itself never stands in settings.'),
    remoteKeyVariable: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$|^$/)
      .max(200)
      .default('')
      .describe('Environment variable of the companion that holds the key for it, instead of a file.'),
    thoughts: z
      .boolean()
      .default(true)
      .describe(
        'Keep what was thought on the way to answers. It is forgotten with its conversation; when off, nothing of it is kept from then on.',
      ),
    contextTokens: z
      .number()
      .int()
      .min(512)
      .max(1_000_000)
      .default(4096)
      .describe('Tokens of question, sources and answer together. More needs more memory.'),
    timeoutSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(60)
      .describe('An answer, with its wait for a turn, may take so long.'),
    stallSeconds: z
      .number()
      .min(1)
      .max(600)
      .default(20)
      .describe('A model that is silent for so long in the middle of an answer is given up.'),
    waitSeconds: z
      .number()
      .min(0)
      .max(600)
      .default(15)
      .describe('A question whose model has gone away waits so long for it to come back.'),
  })
  .prefault({});
