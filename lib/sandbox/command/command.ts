/** What was typed after the command's name. */
export type Given = { words: string[]; options: Record<string, string | boolean | undefined> };

/** One command: how many words it takes, which options, and what it does. */
export type Command = {
  words: [least: number, most: number];
  options?: Record<string, "text" | "flag">;
  run(given: Given): Promise<{ answer: unknown; text: string }>;
};

export function text(given: Given, option: string): string | undefined {
  const value = given.options[option];
  return typeof value === "string" ? value : undefined;
}
