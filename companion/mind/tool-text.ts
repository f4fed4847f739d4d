/** How models write calls of tools, and the marks of their templates. */
const CALLS: readonly RegExp[] = [
  /<\/?(?:[\w-]+:)?(?:tool|function|invoke|parameter|antml|tool_use|tool_call|function_calls?)[\w:.-]*/i,
  /<\|[^|\n]{0,60}\|?>?/,
  /\[\/?(?:TOOL_CALLS?|TOOL_RESULTS?|INST|AVAILABLE_TOOLS|FUNCTION)\b/i,
  /<<\/?SYS>>/i,
  /\b(?:tool|function)[_ -]?(?:calls?|use|code|name|input)\b/i,
  /["']?\b(?:arguments|parameters|tool|function|action_input|recipient_name)\b["']?\s*:\s*["'{[]/i,
  /["'](?:name|tool|action|command|cmd)["']\s*:/i,
  /^\s*(?:Action|Action Input|Observation|Thought|Tool|Function|Command)\s*:/im,
  /^\s*(?:print\()?(?:run|exec|execute|call|invoke|delete|remove|write|read|open|forget|remember|decide)_?\w*\(.*\)\s*\)?;?\s*$/im,
  /\b(?:run|exec(?:ute)?|call|invoke|delete|remove|write|read|create|update|open|forget|remember|decide|get|set|list|search|apply|send|push)_\w+\s*\(/i,
  /\b(?:default_api|functions|tools|api|mcp|progeny)\.\w+\s*\(/,
  /^\s*[$%]\s+[a-z]/im,
  /\b(?:rm\s+-[a-z]*[rf]|curl\s+(?:-|https?:)|wget\s+(?:-|https?:)|sudo\s+\w|git\s+[\w-]+\s+(?:\S+\s+)?(?:--hard|--force|-[a-z]*[fD]\b)|chmod\s+[+\d])/i,
];
/** A line of JSON or the frame of one; a citation is none. */
const JSON_LINE = /^\s*(?:[{}]+,?|\[\s*[{"]|"[\w $.-]+"\s*:\s*.*|[\]}]+[,;]?)\s*$/m;
/** A new speaker: what follows is a conversation that the model made up. */
const SPEAKER = /^\s*(?:#+\s*)?\W{0,3}(?:user|human|system|assistant|developer|ai|bot)\W{0,3}:/im;

/** Whether it reads like a call of a tool or a command to a program. Pure. */
export function isToolText(text: string): boolean {
  return CALLS.some((call) => call.test(text)) || JSON_LINE.test(text);
}

/** Whether somebody else begins to speak in it. Pure. */
export function isSpeaker(text: string): boolean {
  return SPEAKER.test(text);
}
