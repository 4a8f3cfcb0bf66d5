import { callControl } from "@/lib/sandbox/command/call-control";
import type { Command, Given } from "@/lib/sandbox/command/command";

/** Most commands are one control call and its words. */
export function simple<Result>(
  words: Command["words"],
  call: string,
  input: (given: Given) => unknown,
  say: (result: Result) => string,
  options: Command["options"] = {},
): Command {
  return {
    words,
    options,
    async run(given) {
      const answer = await callControl<Result>(call, input(given));
      return { answer, text: say(answer) };
    },
  };
}
