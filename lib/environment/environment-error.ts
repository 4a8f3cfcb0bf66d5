/** Everything that is wrong with the settings, in one message that never holds a value of theirs. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";

  constructor(readonly problems: readonly string[]) {
    const title =
      problems.length === 1
        ? "One setting must be put right"
        : `${problems.length} settings must be put right`;
    super(`${title} (see .env.example):\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}
