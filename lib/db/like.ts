/** A text as a part of a longer one, for LIKE and ILIKE: their own signs in it mean themselves. */
export function likePart(text: string): string {
  return `%${escaped(text)}%`;
}

/** A text as the beginning of a longer one. */
export function likeStart(text: string): string {
  return `${escaped(text)}%`;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
