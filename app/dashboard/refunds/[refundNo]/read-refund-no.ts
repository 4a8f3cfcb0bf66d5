/** The number in the address as it is: Next hands it over percent-encoded. What cannot be decoded is nobody's number. */
export function readRefundNo(parameter: string): string {
  try {
    return decodeURIComponent(parameter);
  } catch {
    return "";
  }
}
