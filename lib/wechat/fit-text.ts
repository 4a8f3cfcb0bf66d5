/** Text of ours as WeChat's fields take it: what XML cannot carry becomes a blank, the end is cut between characters, since half of one would be NOT_UTF8. */
export function fitText(text: string, mostBytes: number): string {
  let fitted = "";
  let used = 0;
  for (const character of text.replace(/[\p{Cc}\ufffe\uffff]/gu, " ").toWellFormed()) {
    used += Buffer.byteLength(character, "utf8");
    if (used > mostBytes) break;
    fitted += character;
  }
  return fitted;
}

/** The same for JSON, which carries everything and counts characters; blanks at the ends go. */
export function fitCharacters(text: string, most: number): string {
  const characters = [
    ...text
      .replace(/\p{Cc}/gu, " ")
      .toWellFormed()
      .trim(),
  ];
  return characters.slice(0, most).join("").trimEnd();
}
