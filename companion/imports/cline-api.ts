/** What a person said comes wrapped, between what Cline tells the model. */
const WRAPPED = /<(task|feedback|answer|user_message)>\n?([\s\S]*?)\n?<\/\1>/g;
const ENVIRONMENT = /<environment_details>[\s\S]*?(?:<\/environment_details>|$)/g;
/** Results of tools, errors, instructions. */
const MACHINE = /^\s*(?:\[|#|<)/;
/** Calls of tools, written as XML in the text by older versions; these of them say something. */
const SAYING = /<(attempt_completion|ask_followup_question|plan_mode_respond|new_task)>([\s\S]*?)<\/\1>/g;
const SAID_IN_CALL = /<(result|question|response)>\n?([\s\S]*?)\n?<\/\1>/g;
const CALL =
  /<(execute_command|read_file|write_to_file|replace_in_file|search_files|list_files|list_code_definition_names|browser_action|use_mcp_tool|access_mcp_resource|load_mcp_documentation|web_fetch|condense|report_bug|new_rule|thinking|task_progress)>[\s\S]*?(?:<\/\1>|$)/g;

type Block = { type: string; text?: string | undefined; [key: string]: unknown };

/** What was said in a message of the model's history, by whoever its role is. Pure. */
export function clineApiTexts(
  content: string | readonly Block[],
  role: 'user' | 'assistant',
  isFirst: boolean,
): string[] {
  const blocks: readonly Block[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  // Beside what is wrapped, and beside the result of a tool, stand only Cline's own words.
  const texts = blocks.map(({ text = '' }) => text.replace(ENVIRONMENT, ''));
  const bare =
    !texts.some((text) => text.search(WRAPPED) !== -1) &&
    (isFirst || !texts.some((text) => MACHINE.test(text)));
  const said =
    role === 'user'
      ? blocks.flatMap((block) => personTexts(block, bare))
      : blocks.map((block) => (block.type === 'tool_use' ? saidByCall(block.input) : clineText(block)));
  return said.map((text) => text.trim()).filter((text) => text !== '');
}

function personTexts(block: Block, bare: boolean): string[] {
  const text = (block.type === 'tool_result' ? resultText(block.content) : (block.text ?? '')).replace(
    ENVIRONMENT,
    '',
  );
  const wrapped = [...text.matchAll(WRAPPED)].map((match) => match[2] as string);
  if (wrapped.length > 0) return wrapped;
  return block.type === 'text' && bare ? [text] : [];
}

/** Feedback and answers of the person come back inside the result of a tool. */
function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((each: { text?: unknown }) => (typeof each?.text === 'string' ? each.text : ''))
    .join('\n');
}

function clineText({ type, text = '' }: Block): string {
  if (type !== 'text') return '';
  return text
    .replace(SAYING, (_, __, call: string) => [...call.matchAll(SAID_IN_CALL)].map((m) => m[2]).join('\n'))
    .replace(CALL, '');
}

function saidByCall(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const { result, question, response } = input as Record<string, unknown>;
  const said = [result, question, response].find((value) => typeof value === 'string');
  return (said as string | undefined) ?? '';
}
