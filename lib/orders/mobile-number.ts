/**
 * A mainland mobile number as people write and paste it, with spaces, dashes, brackets, +86 or what their telephone book
 * puts around it invisibly, as eleven digits. Anything else comes back as it was, trimmed.
 */
export function plainMobileNumber(text: string): string {
  const digits = bare(text).replace(/^(\+|00)?86(?=1\d{10}$)/, "");
  return mobileNumber.test(digits) ? digits : text.trim();
}

export const mobileNumber = /^1[3-9]\d{9}$/;

/** Whether it is a number of another country, which is no slip of the finger: it begins with + or 00 and not with 86. */
export function isForeignNumber(text: string): boolean {
  return /^(\+|00)(?!86)[1-9]\d{5,14}$/.test(bare(text));
}

function bare(text: string): string {
  return text.normalize("NFKC").replace(/[\s\p{Cf}\p{Pd}().·]/gu, "");
}
