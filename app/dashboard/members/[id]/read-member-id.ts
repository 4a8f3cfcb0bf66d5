/** The number in a member's address; null for what is none. */
export function readMemberId(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
