/** A text as a part of a longer one, for LIKE and ILIKE: their own signs in it mean themselves. */
export function likePart(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
